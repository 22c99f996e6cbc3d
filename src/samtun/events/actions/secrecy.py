"""A place that is made secret after people were told of it: what was derived is made anew at once.

Pages, letters and the API read the place when they are asked. Feeds and the search index are kept
as texts, so whoever saves the place, the directory too, must not leave its address in them.
"""

from typing import Any

from django.db.models import Q

from samtun.directory.models import Location
from samtun.events.actions import showing
from samtun.events.enums import PUBLIC_STATUSES
from samtun.events.models import Event


def follow(instance: Location, *, created: bool = False, raw: bool = False, **_: Any) -> None:  # noqa: ANN401  (what else the signal tells)
    """Called by Django when a place has been saved, inside the transaction of that."""
    if created or raw or not instance.is_confidential:
        return
    here = Q(location=instance) | Q(occurrences__location=instance)
    found = Event.objects.filter(here, status__in=PUBLIC_STATUSES)
    if events := list(found.values_list("pk", flat=True).distinct()):
        showing.refresh(events)
