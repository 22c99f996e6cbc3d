"""Django's entry for the package."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """Writing and publishing."""

    name = "samtun.editorial"
    label = "editorial"
