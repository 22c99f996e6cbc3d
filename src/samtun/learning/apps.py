"""Django's entry for the package."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Courses, training plans, group sessions and what people have learnt."""

    name = "samtun.learning"
    label = "learning"

    def ready(self) -> None:
        """What people learn is part of what they can see and take out about themselves."""
        from samtun.learning import receivers  # noqa: F401, PLC0415  # models first
        from samtun.learning.queries import own_data as learnt  # noqa: PLC0415  # apps first
        from samtun.people import own_data  # noqa: PLC0415

        own_data.MORE["learning"] = learnt.of
