"""The list of meeting places on the desk: its filters, and each row in words."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from samtun.desk.offers.filters import Filter
from samtun.directory.queries.kept import organizations_of
from samtun.events.enums import EventStatus, Occasion
from samtun.events.models import Event
from samtun.events.queries.event_list import Wanted
from samtun.people.grants import Person
from samtun.people.rules import may

_MOST = 300  # organisations in the list


def wanted_in(query: QueryDict) -> Wanted:
    """What an address asks for; anything may stand in it."""
    occasion = query.get("slag", "")
    return Wanted(
        words=query.get("q", "").replace("\x00", "")[:200],
        state=query.get("vis", "") if query.get("vis") in {"drafts", "past"} else "",
        organization=query.get("virksomhet", "")[:40],
        occasion=occasion if occasion in Occasion.values else "",
        has_waiting="venter" in query,
        is_mine="mine" in query,
    )


def filters_for(person: Person, wanted: Wanted) -> list[Filter]:
    """The lists to choose from; one query."""
    organizations = organizations_of(person, "directory.view_service").order_by("name", "pk")
    found = [(str(key), name) for key, name in organizations.values_list("pk", "name")[:_MOST]]
    occasions = [(value, str(label)) for value, label in Occasion.choices]
    return [
        Filter("virksomhet", _("Organisation"), found, wanted.organization),
        Filter("slag", _("What kind of meeting"), occasions, wanted.occasion),
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """An event in the list."""

    event: Event
    may_change: bool

    @property
    def is_draft(self) -> bool:
        """Whether only the desk sees it."""
        return self.event.status == EventStatus.DRAFT

    @property
    def seats(self) -> str:
        """How full the next date is, in words; empty when nobody signs up."""
        taken, capacity = self.event.next_taken, self.event.next_capacity  # type: ignore[attr-defined]
        if taken is None or (self.event.sign_up == "none"):
            return ""
        if capacity is None:
            return _("%(taken)s signed up") % {"taken": taken}
        said = _("%(taken)s of %(capacity)s taken")
        return said % {"taken": taken, "capacity": capacity}


def rows_of(person: Person, events: list[Event]) -> list[Row]:
    """Each with what `person` may do; no query."""
    return [Row(event, may(person, "events.change_event", event)) for event in events]
