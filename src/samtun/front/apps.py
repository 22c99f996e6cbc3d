"""Django app of the public pages."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """What a visitor opens without signing in."""

    name = "samtun.front"
    label = "front"
