"""Who came to a date, for the one who stands at the door."""

from dataclasses import dataclass

from samtun.events.enums import PartyState
from samtun.events.models import Attendance, Headcount, Occurrence, Party
from samtun.organisations.models import Municipality


@dataclass(frozen=True, slots=True)
class Expected:
    """A party with seats; `present` is None until somebody has said how many came."""

    party: Party
    present: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many came from a municipality (None: not told) without signing up."""

    municipality: Municipality | None
    people: int
    first_time: int


def expected(occurrence: Occurrence) -> list[Expected]:
    """Those with seats by name, each with how many came; two queries."""
    came = dict(Attendance.objects.filter(occurrence=occurrence).values_list("party", "present"))
    parties = Party.objects.filter(intake=occurrence.intake_id, state=PartyState.CONFIRMED)
    narrow = parties.only("name", "size", "consent", "turn", "intake_id", "state")
    in_order = sorted(narrow, key=lambda one: (not one.name, one.name.casefold(), one.turn))
    return [Expected(one, came.get(one.pk)) for one in in_order]


def counted(occurrence: Occurrence) -> list[Counted]:
    """One row for each municipality of the event, one for not told, and any other counted.

    Two queries.
    """
    rows = Headcount.objects.filter(occurrence=occurrence).select_related("municipality")
    known = {row.municipality_id: row for row in rows}
    own: list[Municipality] = []
    if occurrence.event.asks_municipality:
        own = list(occurrence.event.municipalities.order_by("name"))
    places = {one.pk: one for one in (*own, *(row.municipality for row in rows)) if one}
    found = [_counted(place, known.get(place.pk)) for place in places.values()]
    return [*found, _counted(None, known.get(None))]


def _counted(municipality: Municipality | None, row: Headcount | None) -> Counted:
    return Counted(municipality, row.people if row else 0, row.first_time if row else 0)
