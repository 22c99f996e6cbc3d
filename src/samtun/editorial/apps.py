"""Django's entry for the package."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """Writing and publishing."""

    name = "samtun.editorial"
    label = "editorial"

    def ready(self) -> None:
        """Listen to what is published, and answer for what people may do."""
        from samtun.editorial import policies, receivers  # noqa: PLC0415  # needs models

        receivers.connect()
        policies.register()
