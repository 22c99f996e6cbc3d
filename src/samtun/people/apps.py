from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "samtun.people"
    label = "people"

    def ready(self) -> None:
        """Packages declare permissions in `rules.py` and may listen in `receivers.py`."""
        autodiscover_modules("rules", "receivers")
