from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "samtun.mail"
    label = "mail"
