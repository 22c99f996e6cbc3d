"""Django's entry for the catalogues."""

from django.apps import AppConfig


class WordsConfig(AppConfig):
    """Words for Wagtail."""

    name = "samtun.editorial.words"
    label = "editorial_words"
