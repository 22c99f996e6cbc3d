"""Django's entry for the package."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Meeting places, courses and sign-up."""

    name = "samtun.events"
    label = "events"
