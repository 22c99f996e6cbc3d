"""Django's entry for the package."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Courses, training plans, group sessions and what people have learnt."""

    name = "samtun.learning"
    label = "learning"
