from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "samtun.people"
    label = "people"

    def ready(self) -> None:
        """Every package declares its permissions in `rules.py`."""
        autodiscover_modules("rules")
