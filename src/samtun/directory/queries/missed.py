"""Searches that found nothing, as the desk reads them."""

from django.db.models import QuerySet

from samtun.directory.models import MissedSearch
from samtun.directory.rules import HOLDERS
from samtun.people.grants import Person, grants_of

_SHOWN_FROM = 3  # times


def missed_for(
    person: Person, permission: str = "directory.view_missed_search"
) -> QuerySet[MissedSearch]:
    """What was searched for in vain where `person` may see it, and nobody has seen to.

    The most often first; one query. Fewer than three times is nobody's to know.
    """
    reach = grants_of(person).reach(HOLDERS[permission])
    found = MissedSearch.objects.filter(count__gte=_SHOWN_FROM, is_settled=False)
    if not reach.everything:
        found = found.filter(region__in=reach.regions)
    shown = found.exclude(words="").select_related("region")
    return shown.order_by("-count", "words", "pk")
