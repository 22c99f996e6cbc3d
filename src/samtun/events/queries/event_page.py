"""Everything the page of an event shows, in a known number of queries.

What is read here may be shown to anybody: no join address is loaded, nobody who comes, and nothing
of a confidential place but that it is one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from samtun.directory.enums import PUBLIC_STATUSES as PUBLIC_SERVICES
from samtun.directory.models import Accessibility, Address, Location, Service
from samtun.events.enums import EventKind
from samtun.events.models import Event, Occurrence
from samtun.events.queries.calendar import Dated, coming, dated_apart
from samtun.events.queries.wanted import Wanted
from samtun.organisations.models import Organization

MOST_DATES = 24  # more of a series than anybody plans by


@dataclass(slots=True)
class EventDetails:
    """An event with all that hangs on it."""

    event: Event  # with its organisation and two levels above it
    # To come, of a course all; the last one when all are over. For whom they are: `municipalities`.
    dates: list[Dated]
    chosen: Dated | None = None  # the date whose page it is
    service: Service | None = None  # while it is public
    co_organizers: list[Organization] = field(default_factory=list)
    municipalities: tuple[str, ...] = ()
    terms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    location: Location | None = None  # of the date in focus, unless it is confidential
    has_secret_place: bool = False
    addresses: list[Address] = field(default_factory=list)
    accessibility: list[Accessibility] = field(default_factory=list)

    @property
    def focus(self) -> Dated | None:
        """The date the page is about: the chosen one, else the next that holds."""
        holding = (row for row in self.dates if not row.is_cancelled and not _is_over(row))
        return self.chosen or next(holding, None) or next(iter(self.dates), None)


def event_called(
    scope: frozenset[str], slug: str, occurrence: UUID | None = None
) -> EventDetails | None:
    """The public event at the address `slug`; None when there is none for this region.

    With `occurrence`, also None when that is no date of it.
    """
    event = Wanted(scope).events().defer("join_url").filter(slug=slug).first()
    if event is None:
        return None
    event.organization = _organization(event.organization_id)
    dates = _dates(event)
    chosen = None
    if occurrence:
        found = [row for row in dates if row.id == occurrence]
        found = found or dated_apart(Occurrence.objects.filter(event=event, pk=occurrence))
        if not found:
            return None
        chosen = found[0]
    return _complete(EventDetails(event, dates, chosen))


def _organization(key: UUID) -> Organization:
    """With two levels above it; as columns of the event's row, all of theirs would cost more."""
    two, three = "parent_organization", "parent_organization__parent_organization"
    named = ("name", "website", "is_example", f"{two}__name", f"{three}__name")
    return Organization.objects.select_related(three).only(*named).get(pk=key)


def _dates(event: Event) -> list[Dated]:
    own = Occurrence.objects.filter(event=event)
    found = dated_apart(own if event.kind == EventKind.COURSE else coming(own), 0, MOST_DATES)
    return found or dated_apart(own.filter(pk__in=own.order_by("-starts_at").values("pk")[:1]))


def _complete(details: EventDetails) -> EventDetails:
    event = details.event
    if event.service_id:
        public = Service.objects.filter(pk=event.service_id, status__in=PUBLIC_SERVICES)
        details.service = public.first()
    details.co_organizers = list(event.co_organizers.order_by("name"))
    details.municipalities = tuple(
        event.municipalities.order_by("name").values_list("number", flat=True)
    )
    terms = event.terms.order_by("position", "code").values_list("taxonomy__slug", "code")
    for taxonomy, code in terms:
        details.terms[taxonomy or ""].append(code)
    _add_place(details)
    return details


def _add_place(details: EventDetails) -> None:
    key = details.focus.location if details.focus else details.event.location_id
    location = Location.objects.filter(pk=key).first() if key else None
    if location is None:
        return
    if location.is_confidential:
        details.has_secret_place = True
        return
    details.location = location
    details.addresses = list(Address.objects.filter(location=location).order_by("pk"))
    details.accessibility = list(Accessibility.objects.filter(location=location).order_by("pk"))


def _is_over(row: Dated) -> bool:
    return row.ends_at <= timezone.now()
