"""Reads the service graph in few queries and makes of each service its listing and search entry.

Everything a visitor can find goes through here, so here a confidential location is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from samtun.directory import opening
from samtun.directory.enums import PUBLIC_STATUSES, Meeting, Taxonomies
from samtun.directory.models import (
    Attribute,
    Listing,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from samtun.search import Entry, EntryText, Opening

Row = TypeVar("Row", bound=Model)
BATCH = 2_000
_TEXTS = (
    "name",
    "alternate_name",
    "summary",
    "description",
    "eligibility_description",
    "application_process",
)
_COLUMNS = (
    "id", "slug", "language", "translations", *_TEXTS, "keywords", "minimum_age", "maximum_age",
    "meets_in_person", "meets_by_phone", "meets_online", "is_free", "is_urgent",
    "is_for_children", "assured_date", "status", "url", "organization__name",
    "organization__is_example", "organization__language", "organization__translations",
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """One service with what hangs on it, as rows."""

    row: dict[str, Any]
    municipalities: list[str] = field(default_factory=list)
    covers_country: bool = False
    places: list[dict[str, Any]] = field(default_factory=list)
    phone: str = ""
    terms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    openings: list[Opening] = field(default_factory=list)


def found(ids: Sequence[UUID] | None = None) -> Iterator[Found]:
    """Public services with their details, all of them or those among `ids`, in batches.

    Seven queries a batch of `BATCH`, however many rows hang on the services.
    """
    wanted = Service.objects.filter(status__in=PUBLIC_STATUSES)
    if ids is not None:
        wanted = wanted.filter(pk__in=ids)
    keys = list(wanted.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield from _batch(keys[start : start + BATCH])


def _batch(keys: list[UUID]) -> Iterable[Found]:
    batch = {
        row["id"]: Found(row)
        for row in Service.objects.filter(pk__in=keys).order_by("pk").values(*_COLUMNS)
    }
    _add_areas(batch)
    _add_terms(batch)
    _add_places(batch)
    _add_phones(batch)
    _add_openings(batch)
    return batch.values()


def _add_areas(batch: dict[UUID, Found]) -> None:
    areas = ServiceArea.objects.filter(service__in=batch).order_by("municipality")
    for service, municipality, country in areas.values_list(
        "service", "municipality", "covers_country"
    ):
        if municipality:
            batch[service].municipalities.append(municipality)
        batch[service].covers_country |= country


def _add_terms(batch: dict[UUID, Found]) -> None:
    attributes = _open_to_all(
        Attribute.objects.filter(service__in=batch, taxonomy_term__taxonomy__slug__isnull=False)
    )
    for service, taxonomy, code in attributes.order_by("taxonomy_term__position").values_list(
        "service", "taxonomy_term__taxonomy__slug", "taxonomy_term__code"
    ):
        batch[service].terms[str(taxonomy)].append(code)


def _add_places(batch: dict[UUID, Found]) -> None:
    places = ServiceAtLocation.objects.filter(
        service__in=batch, location__is_confidential=False
    ).order_by("location__name")
    for row in places.values(
        "service",
        "location",
        "location__name",
        "location__municipality",
        "location__latitude",
        "location__longitude",
        "location__addresses__city",
    ):
        home = batch[row["service"]]
        if all(place["location"] != str(row["location"]) for place in home.places):
            home.places.append(_place(row))


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "location": str(row["location"]),
        "name": row["location__name"],
        "city": row["location__addresses__city"] or "",
        "municipality": row["location__municipality"],
        "latitude": row["location__latitude"],
        "longitude": row["location__longitude"],
    }


def _open_to_all(rows: QuerySet[Row]) -> QuerySet[Row]:
    """`rows` without those that hang on a confidential location as well as on a service."""
    return rows.exclude(location__is_confidential=True).exclude(
        service_at_location__location__is_confidential=True
    )


def _add_phones(batch: dict[UUID, Found]) -> None:
    """The first number of the service itself, else of its contact."""
    numbers = _open_to_all(
        Phone.objects.filter(Q(service__in=batch) | Q(contact__service__in=batch))
    )
    numbers = numbers.exclude(contact__location__is_confidential=True).exclude(
        contact__service_at_location__location__is_confidential=True
    )
    through_contacts: dict[UUID, str] = {}
    for own, through, number in numbers.order_by("pk").values_list(
        "service", "contact__service", "number"
    ):
        if own:
            batch[own].phone = batch[own].phone or number
        else:
            through_contacts.setdefault(through, number)
    for service, number in through_contacts.items():
        batch[service].phone = batch[service].phone or number


def _add_openings(batch: dict[UUID, Found]) -> None:
    schedules = _open_to_all(
        Schedule.objects.filter(
            Q(service__in=batch) | Q(service_at_location__service__in=batch),
            opens_at__isnull=False,
        )
    )
    for schedule in schedules.select_related("service_at_location").order_by("pk"):
        owner = schedule.service_id or (
            schedule.service_at_location.service_id if schedule.service_at_location else None
        )
        if owner in batch:
            batch[owner].openings += _openings(schedule, timezone.localdate())


def _openings(schedule: Schedule, today: date) -> list[Opening]:
    """As weekdays where the schedule is a plain week, else as the dates of the coming months."""
    opens = _minutes(schedule.opens_at or time(0))
    closes = _closing_minute(schedule.closes_at) if schedule.closes_at else opens + 60
    if opening.is_plain_week(schedule):
        first = max(filter(None, (schedule.valid_from, schedule.dtstart)), default=None)
        last = min(filter(None, (schedule.valid_to, schedule.until)), default=None)
        return [
            Opening(weekday, opens, closes, first, last)
            for weekday in opening.weekday_numbers(schedule.byday)
        ]
    days = opening.days_of(schedule, today - timedelta(days=1), today + opening.HORIZON)
    return [Opening(0, opens, closes, on_dates=tuple(days))] if days else []


def _closing_minute(moment: time) -> int:
    """One minute to midnight is how many write the end of the day."""
    return opening.DAY_ENDS if moment >= opening.LAST_MINUTE else _minutes(moment)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def listing_data(one: Found) -> dict[str, Any]:
    """What lists show, in all languages; JSON-ready."""
    row = one.row
    translations: dict[str, dict[str, str]] = row["translations"]
    texts = {row["language"]: {"name": row["name"], "summary": summary_of(row)}} | {
        language: {"name": texts.get("name", ""), "summary": summary_of(texts)}
        for language, texts in translations.items()
    }
    assured: date | None = row["assured_date"]
    return {
        "slug": row["slug"],
        "language": row["language"],
        "texts": texts,
        "provider": row["organization__name"],
        "is_example": row["organization__is_example"],
        "needs": one.terms[Taxonomies.NEEDS],
        "target_groups": one.terms[Taxonomies.TARGET_GROUPS],
        "municipalities": one.municipalities,
        "covers_country": one.covers_country,
        "places": one.places,
        "meeting": meeting_of(row),
        "is_free": row["is_free"],
        "is_urgent": row["is_urgent"],
        "is_for_children": row["is_for_children"],
        "status": row["status"],
        "phone": one.phone,
        "assured_date": assured.isoformat() if assured else None,
    }


def summary_of(texts: dict[str, str]) -> str:
    """The summary, or the beginning of the description where nobody wrote one."""
    if summary := texts.get("summary"):
        return summary
    description = (texts.get("description") or "").strip()
    if len(description) <= 200:
        return description.replace("\n", " ")
    return description[:200].replace("\n", " ").rpartition(" ")[0] + " …"


def meeting_of(row: dict[str, Any]) -> list[str]:
    """The ways of meeting, as codes of `Meeting`."""
    offered = {
        Meeting.IN_PERSON: row["meets_in_person"],
        Meeting.PHONE: row["meets_by_phone"],
        Meeting.ONLINE: row["meets_online"],
    }
    return [str(way) for way, has in offered.items() if has]


def entry(one: Found) -> Entry:
    """What search knows of the service."""
    row = one.row
    texts = {row["language"]: _entry_text(row)} | {
        language: _entry_text(texts) for language, texts in row["translations"].items()
    }
    return Entry(
        id=str(row["id"]),
        texts=texts,
        provider=row["organization__name"],
        keywords=tuple(row["keywords"]),
        needs=tuple(one.terms[Taxonomies.NEEDS]),
        target_groups=tuple(one.terms[Taxonomies.TARGET_GROUPS]),
        municipalities=tuple(one.municipalities),
        covers_country=one.covers_country,
        places=tuple(
            {name for place in one.places for name in (place["name"], place["city"]) if name}
        ),
        points=tuple(
            (place["latitude"], place["longitude"])
            for place in one.places
            if place["latitude"] is not None
        ),
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
        meeting=frozenset(meeting_of(row)),
        is_free=row["is_free"],
        is_urgent=row["is_urgent"],
        for_children=row["is_for_children"],
        assured_on=row["assured_date"],
        openings=tuple(one.openings),
    )


def _entry_text(texts: dict[str, str]) -> EntryText:
    body = (
        texts.get(name, "")
        for name in ("description", "eligibility_description", "application_process")
    )
    return EntryText(
        name=texts.get("name", ""),
        alternate_name=texts.get("alternate_name", ""),
        summary=texts.get("summary", ""),
        body="\n".join(filter(None, body)),
    )


def renew(batch: Iterable[Found]) -> None:
    """Write the listings of `batch`; the caller holds the transaction."""
    Listing.objects.bulk_create(
        [Listing(service_id=one.row["id"], data=listing_data(one)) for one in batch],
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=["data"],
    )
