"""Django app of the post."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Knows letters and addresses; nobody by name."""

    name = "samtun.mail"
    label = "mail"
