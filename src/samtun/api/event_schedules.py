"""What happens, as HSDS schedules of the service it is a part of.

A rule goes out as one where HSDS can say all of it: weekly or monthly, and no date to come that was
moved, cancelled or added. Otherwise each date goes out by itself. Never the private link.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from samtun.directory.enums import Meeting
from samtun.directory.hsds import Json, full, values
from samtun.events.enums import EventStatus, OccurrenceStatus
from samtun.events.models import Event, Occurrence
from samtun.events.recurrence import OSLO, WEEKDAYS, Rule, UnreadableRuleError
from samtun.organisations.identifiers import derived_id
from samtun.organisations.queries import region_scopes

MOST_DATES = 60  # of one event; those that come first
Schedules = dict[UUID, list[tuple[UUID | None, Json]]]  # by service: where, and when


def services(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`full.services` with what happens; a query more, and two where something does."""
    made = full.services(ids, language)
    _add(made, language)
    return made


def organizations(
    ids: Sequence[UUID], language: str | None = None, *, with_full_services: bool = False
) -> list[Json]:
    """`full.organizations` with what happens in services that come in full."""
    made = full.organizations(ids, language, with_full_services=with_full_services)
    if with_full_services:
        _add([service for one in made for service in one.get("services", [])], language)
    return made


def service_at_locations(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`full.service_at_locations` with what happens there; elsewhere is with the service."""
    made = full.service_at_locations(ids, language)
    found = _schedules({link["service"]["id"] for link in made}, language)
    for link in made if found else []:
        _hang(link["service"], [link], found)
    return made


def _add(services: Iterable[Json], language: str | None) -> None:
    listed = list(services)
    found = _schedules({each["id"] for each in listed}, language)
    for each in listed if found else []:
        _hang(each, each.get("service_at_locations", []), found)


def _hang(service: Json, links: Iterable[Json], found: Schedules) -> None:
    by_place = {link["location_id"]: link for link in links}
    for place, schedule in found.get(service["id"], []):
        link = by_place.get(place)
        if link is None:
            owner, own = service, {"service_id": service["id"]}
        else:
            owner, own = link, {"service_at_location_id": link["id"]}
        # A list of its own: rows of one thing may be shared by several answers.
        owner["schedules"] = [*owner.get("schedules", []), schedule | own]


def _schedules(services: Collection[UUID], language: str | None) -> Schedules:
    dates = Occurrence.objects.filter(ends_at__gt=timezone.now()).order_by("starts_at")
    events = Event.objects.filter(service__in=services, status=EventStatus.PUBLISHED)
    found: Schedules = defaultdict(list)
    for event in events.select_related("organization", "location").prefetch_related(
        Prefetch("occurrences", dates.select_related("location"))
    ):
        if event.service_id:
            found[event.service_id] += _of(event, language or event.language)
    return dict(found)


def _of(event: Event, language: str) -> list[tuple[UUID | None, Json]]:
    coming = list(event.occurrences.all())
    common = _common(event, language)
    if rule := _rule(event, coming):
        return [(_place(event, None), {"id": derived_id("event", str(event.pk))} | rule | common)]
    held = [one for one in coming if one.status == OccurrenceStatus.SCHEDULED]
    return [(_place(event, one), _date(one) | common) for one in held[:MOST_DATES]]


def _common(event: Event, language: str) -> Json:
    ways = {Meeting.IN_PERSON: event.meets_in_person, Meeting.ONLINE: event.meets_online}
    told: Json = {
        "description": event.text("name", language).value,
        "attending_type": ", ".join(str(way) for way, is_so in ways.items() if is_so),
        "schedule_link": values.uri(_address(event)),
    }
    return {name: value for name, value in told.items() if value}


def _place(event: Event, one: Occurrence | None) -> UUID | None:
    """Nothing of a place that is kept secret."""
    location = (one.location if one else None) or event.location
    return None if location is None or location.is_confidential else location.pk


def _date(one: Occurrence) -> Json:
    begins, ends = one.starts_at.astimezone(OSLO), one.ends_at.astimezone(OSLO)
    return {
        "id": one.pk,
        "valid_from": values.day(begins.date()),
        "valid_to": values.day(ends.date()),
        "dtstart": values.day(begins.date()),
        "opens_at": values.clock(begins.time()),
        "closes_at": values.clock(ends.time()),
    }


def _rule(event: Event, coming: Sequence[Occurrence]) -> Json | None:
    """The rule in HSDS's words; None where it would say something else than the dates."""
    if not (event.rrule and event.starts_at and coming and _follows(coming)):
        return None
    try:
        rule = Rule.of(event.rrule)
    except UnreadableRuleError:
        return None
    if rule.months or rule.frequency not in {"WEEKLY", "MONTHLY"}:
        return None
    begins = event.starts_at.astimezone(OSLO)
    ends = (event.starts_at + timedelta(minutes=event.minutes)).astimezone(OSLO)
    told: Json = {
        "dtstart": values.day(begins.date()),
        "until": values.day(rule.until.astimezone(OSLO).date()) if rule.until else None,
        "count": rule.count,
        "freq": rule.frequency,
        "interval": rule.interval,
        "wkst": WEEKDAYS[rule.week_start],
        **_days(rule, begins.date()),
        "opens_at": values.clock(begins.time()),
        "closes_at": values.clock(ends.time()),
    }
    return {name: value for name, value in told.items() if value}


def _days(rule: Rule, first: date) -> Json:
    """On which days; those of the first date where the rule leaves it to that."""
    byday = ",".join(f"{which or ''}{WEEKDAYS[day]}" for which, day in rule.days)
    if byday or rule.month_days:
        return {"byday": byday, "bymonthday": ",".join(map(str, rule.month_days))}
    if rule.frequency == "WEEKLY":
        return {"byday": WEEKDAYS[first.weekday()]}
    return {"bymonthday": str(first.day)}


def _follows(coming: Iterable[Occurrence]) -> bool:
    return all(
        one.status == OccurrenceStatus.SCHEDULED
        and one.rule_starts_at == one.starts_at
        and one.location_id is None
        for one in coming
    )


def _address(event: Event) -> str:
    """Its page in the region of whoever arranges it."""
    place, scopes = event.place, region_scopes()
    own = [one for one in scopes if one.id == place.region or place.municipality in one.numbers]
    for scope in own or scopes:
        return settings.PUBLIC_URL + reverse("front:event", args=[scope.slug, event.slug])
    return ""
