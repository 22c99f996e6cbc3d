"""Django's entry for the package."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class EventsConfig(AppConfig):
    """Meeting places, courses and sign-up."""

    name = "samtun.events"
    label = "events"

    def ready(self) -> None:
        """Follow what the directory, which knows nothing of events, does with their places."""
        from samtun.directory.models import Location  # noqa: PLC0415  (models are there only now)
        from samtun.events.actions import secrecy  # noqa: PLC0415

        post_save.connect(secrecy.follow, sender=Location, dispatch_uid="events.secrecy")
