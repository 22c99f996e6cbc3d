"""Which events somebody wants to see; pages, feeds and paper narrow in the same way.

What a visitor may see at all is decided here: public events for somebody in the region.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from samtun.directory.enums import Taxonomies
from samtun.events.enums import PUBLIC_STATUSES, EventStatus, OccurrenceStatus, SignUp
from samtun.events.models import Event, Occurrence
from samtun.organisations.queries import with_units

DIGITAL, IN_PERSON = "digital", "in_person"
MODES = (DIGITAL, IN_PERSON)
MOST_VALUES = 12  # of one filter: more than anybody ticks, few enough to stay quick
_LONGEST_CODE = 200
OLDEST = 120
_YES = "1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Public events for people in `scope` (numbers of municipalities), narrowed down.

    Values of one filter are alternatives; filters add up. Cancelled events and dates belong, since
    people must see that they are cancelled, but `has_room` leaves out what one cannot come to.
    """

    scope: frozenset[str]
    needs: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    age: int | None = None
    municipality: str = ""
    mode: str = ""  # of MODES
    has_room: bool = False
    organization: UUID | None = None  # with its units; also those that join in

    @classmethod
    def from_query(cls, address: QueryDict, scope: frozenset[str]) -> Self:
        """What the parameters ask for; what makes no sense narrows nothing."""
        municipality = address.get("kommune") or ""
        mode = address.get("form") or ""
        return cls(
            scope=scope,
            needs=_codes(address, "behov"),
            situations=_codes(address, "situasjon"),
            age=_age(address.get("alder") or ""),
            municipality=municipality if municipality in scope else "",
            mode=mode if mode in MODES else "",
            has_room=address.get("ledig") == _YES,
            organization=_identifier(address.get("organisasjon") or ""),
        )

    @property
    def narrows(self) -> bool:
        """Whether any filter is chosen."""
        return self != type(self)(scope=self.scope)

    def events(self) -> QuerySet[Event]:
        """The events, in no order; with `has_room` those with such a date to come."""
        found = Event.objects.filter(self._fits())
        if self.has_room:
            dates = Occurrence.objects.filter(_room(), event=OuterRef("pk"))
            found = found.filter(Exists(dates))
        return found

    def occurrences(self) -> QuerySet[Occurrence]:
        """Their dates, past ones too, in no order; with `has_room` those one can come to."""
        found = Occurrence.objects.filter(self._fits("event__"))
        return found.filter(_room()) if self.has_room else found

    def _fits(self, to: str = "") -> Q:
        """The condition on an event; `to` leads there from the row asked about."""
        condition = Q(**{f"{to}status__in": PUBLIC_STATUSES}) & self._of_municipalities(to)
        for taxonomy, codes in (
            (Taxonomies.NEEDS, self.needs),
            (Taxonomies.TARGET_GROUPS, self.situations),
        ):
            if codes:
                condition &= _about(to, taxonomy, codes)
        if self.age is not None:
            condition &= _of_age(to, self.age)
        if self.mode:
            field = "meets_online" if self.mode == DIGITAL else "meets_in_person"
            condition &= Q(**{f"{to}{field}": True})
        if self.organization:
            condition &= _by(to, self.organization)
        return condition

    def _of_municipalities(self, to: str) -> Q:
        numbers = {self.municipality} if self.municipality else self.scope
        belongs = Event.municipalities.through.objects.filter(
            event=OuterRef(f"{to}pk"), municipality__in=numbers
        )
        return Q(Exists(belongs))


def _about(to: str, taxonomy: Taxonomies, codes: tuple[str, ...]) -> Q:
    """About one of `codes`, or of what is below them."""
    tagged = Event.terms.through.objects.filter(
        Q(taxonomyterm__code__in=codes) | Q(taxonomyterm__parent__code__in=codes),
        event=OuterRef(f"{to}pk"),
        taxonomyterm__taxonomy__slug=taxonomy,
    )
    return Q(Exists(tagged))


def _of_age(to: str, age: int) -> Q:
    lowest, highest = f"{to}minimum_age", f"{to}maximum_age"
    return (Q(**{f"{lowest}__isnull": True}) | Q(**{f"{lowest}__lte": age})) & (
        Q(**{f"{highest}__isnull": True}) | Q(**{f"{highest}__gte": age})
    )


def _by(to: str, organization: UUID) -> Q:
    everybody: Collection[UUID] = with_units([organization])
    joining = Event.co_organizers.through.objects.filter(
        event=OuterRef(f"{to}pk"), organization__in=everybody
    )
    return Q(**{f"{to}organization__in": everybody}) | Q(Exists(joining))


def _room() -> Q:
    """A date to come that one more can come to."""
    now = timezone.now()
    limited = Q(intake__capacity__isnull=True) | Q(intake__taken__lt=F("intake__capacity"))
    closing = Q(intake__closes_at__isnull=True) | Q(intake__closes_at__gt=now)
    today = timezone.localdate(now)
    opening = Q(event__opens_on__isnull=True) | Q(event__opens_on__lte=today)
    is_open = Q(intake__is_closed=False) & closing & opening & limited
    return (
        Q(status=OccurrenceStatus.SCHEDULED, starts_at__gt=now, event__status=EventStatus.PUBLISHED)
    ) & (Q(event__sign_up=SignUp.NONE) | is_open)


def _codes(address: QueryDict, name: str) -> tuple[str, ...]:
    values = dict.fromkeys(address.getlist(name)[:MOST_VALUES])
    return tuple(one for one in values if one and len(one) <= _LONGEST_CODE and "\x00" not in one)


def _age(text: str) -> int | None:
    digits = text.strip()[:4]
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits) if int(digits) <= OLDEST else None


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text[:40])
    except ValueError:
        return None
