"""The Django app that carries the templates, static files and translations of the interface."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Everything a page is made of."""

    name = "samtun.ui"
    label = "ui"
