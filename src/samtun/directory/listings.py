"""Reads the service graph in few queries and makes of each service its listing and search entry.

Everything a visitor can find goes through here, so here a confidential location is left out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import F, Func, Model, QuerySet, TextField
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
Lookups = dict[str, Any]
Key = str | UUID
"""The identifier of a row as the driver gives it."""
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
    "slug", "language", *_TEXTS, "minimum_age", "maximum_age",
    "meets_in_person", "meets_by_phone", "meets_online", "is_free", "is_urgent",
    "is_for_children", "assured_date", "status", "organization__name",
    "organization__is_example",
)  # fmt: skip
_RULE = (
    "valid_from", "valid_to", "dtstart", "until", "count", "wkst", "freq", "interval", "byday",
    "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at",
)  # fmt: skip
_PLACE = (
    "location__name",
    "location__municipality",
    "location__latitude",
    "location__longitude",
    "location__addresses__city",
)


@dataclass(slots=True)
class Found:
    """One service with what hangs on it, as rows."""

    key: Key
    row: dict[str, Any]
    municipalities: list[str] = field(default_factory=list)
    covers_country: bool = False
    places: list[dict[str, Any]] = field(default_factory=list)
    phone: str = ""
    terms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    openings: list[Opening] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The identifier, written with hyphens."""
        return _hyphened(self.key)


class _Bare(Func):
    """A column as the driver gives it: a hundred thousand rows need no UUID objects."""

    template = "%(expressions)s"

    def __init__(self, name: str) -> None:
        super().__init__(F(name), output_field=TextField())


def _hyphened(key: Key) -> str:
    """SQLite keeps 32 digits, PostgreSQL's driver gives a UUID."""
    if isinstance(key, UUID):
        return str(key)
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def _parsed(text: str) -> Any:  # noqa: ANN401  (a list or a dictionary, by the column)
    """JSON of the database; half characters, which no file can hold, become question marks."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        whole = json.dumps(json.loads(text), ensure_ascii=False)
        return orjson.loads(whole.encode("utf-8", "replace"))


def found(ids: Sequence[UUID] | None = None) -> Iterator[Found]:
    """Public services with their details, all of them or those among `ids`, in batches.

    Eight queries a batch of `BATCH`, however many rows hang on the services.
    """
    wanted = Service.objects.filter(status__in=PUBLIC_STATUSES)
    if ids is not None:
        wanted = wanted.filter(pk__in=ids)
    keys = list(wanted.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        # All services are read by stretches of keys, which costs less than naming each.
        yield from _batch({"gte": part[0], "lte": part[-1]} if ids is None else {"in": part})


def _of(path: str, which: Lookups) -> Lookups:
    return {f"{path}__{lookup}": value for lookup, value in which.items()}


def _batch(which: Lookups) -> Iterable[Found]:
    services = Service.objects.filter(**_of("pk", which), status__in=PUBLIC_STATUSES)
    bare = {"key": _Bare("pk"), "in_others": _Bare("translations"), "known_as": _Bare("keywords")}
    batch: dict[Key, Found] = {}
    for row in services.order_by("pk").values(*_COLUMNS, **bare):
        row["translations"] = _parsed(row.pop("in_others"))
        row["keywords"] = _parsed(row.pop("known_as"))
        batch[row["key"]] = Found(row["key"], row)
    _add_areas(batch, which)
    _add_terms(batch, which)
    _add_places(batch, which)
    _add_phones(batch, which)
    _add_openings(batch, which)
    return batch.values()


def _add_areas(batch: dict[Key, Found], which: Lookups) -> None:
    areas = ServiceArea.objects.filter(**_of("service", which)).order_by("municipality")
    for key, municipality, country in areas.values_list(
        _Bare("service"), "municipality", "covers_country"
    ):
        if one := batch.get(key):
            if municipality:
                one.municipalities.append(municipality)
            one.covers_country |= country


def _add_terms(batch: dict[Key, Found], which: Lookups) -> None:
    attributes = _open_to_all(
        Attribute.objects.filter(
            **_of("service", which), taxonomy_term__taxonomy__slug__isnull=False
        )
    )
    for key, taxonomy, code in attributes.order_by("taxonomy_term__position").values_list(
        _Bare("service"), "taxonomy_term__taxonomy__slug", "taxonomy_term__code"
    ):
        if one := batch.get(key):
            one.terms[taxonomy].append(code)


def _add_places(batch: dict[Key, Found], which: Lookups) -> None:
    places = ServiceAtLocation.objects.filter(
        **_of("service", which), location__is_confidential=False
    ).order_by("location__name")
    for key, location, *rest in places.values_list(_Bare("service"), _Bare("location"), *_PLACE):
        if one := batch.get(key):
            place = _hyphened(location)
            if all(known["location"] != place for known in one.places):
                one.places.append(_place(place, *rest))


def _place(
    location: str,
    name: str,
    municipality: str | None,
    latitude: float | None,
    longitude: float | None,
    city: str | None,
) -> dict[str, Any]:
    return {
        "location": location,
        "name": name,
        "city": city or "",
        "municipality": municipality,
        "latitude": latitude,
        "longitude": longitude,
    }


def _open_to_all(rows: QuerySet[Row]) -> QuerySet[Row]:
    """`rows` without those that hang on a confidential location as well as on a service."""
    return rows.exclude(location__is_confidential=True).exclude(
        service_at_location__location__is_confidential=True
    )


def _add_phones(batch: dict[Key, Found], which: Lookups) -> None:
    """The first number of the service itself, else of its contact."""
    for path in ("service", "contact__service"):
        numbers = _open_to_all(Phone.objects.filter(**_of(path, which)))
        numbers = numbers.exclude(contact__location__is_confidential=True).exclude(
            contact__service_at_location__location__is_confidential=True
        )
        first: dict[Key, str] = {}
        for key, number in numbers.order_by("pk").values_list(_Bare(path), "number"):
            first.setdefault(key, number)
        for key in first.keys() & batch.keys():
            batch[key].phone = batch[key].phone or first[key]


def _add_openings(batch: dict[Key, Found], which: Lookups) -> None:
    today = timezone.localdate()
    for path in ("service", "service_at_location__service"):
        schedules = _open_to_all(
            Schedule.objects.filter(**_of(path, which), opens_at__isnull=False)
        )
        for key, *rule in schedules.order_by("pk").values_list(_Bare(path), *_RULE):
            if one := batch.get(key):
                one.openings += _openings(tuple(rule), today)


@lru_cache(maxsize=1024)
def _openings(rule: tuple[Any, ...], today: date) -> tuple[Opening, ...]:
    """As weekdays where the schedule is a plain week, else as the dates of the coming months.

    Remembered, since many keep the same hours.
    """
    schedule = Schedule(**dict(zip(_RULE, rule, strict=True)))
    opens = _minutes(schedule.opens_at or time(0))
    closes = _closing_minute(schedule.closes_at) if schedule.closes_at else opens + 60
    if opening.is_plain_week(schedule):
        first = max(filter(None, (schedule.valid_from, schedule.dtstart)), default=None)
        last = min(filter(None, (schedule.valid_to, schedule.until)), default=None)
        return tuple(
            Opening(weekday, opens, closes, first, last)
            for weekday in opening.weekday_numbers(schedule.byday)
        )
    days = opening.days_of(schedule, today - timedelta(days=1), today + opening.HORIZON)
    return (Opening(0, opens, closes, on_dates=tuple(days)),) if days else ()


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
        id=one.id,
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
    table = connection.ops.quote_name(Listing._meta.db_table)
    rows = [(one.key, orjson.dumps(listing_data(one)).decode()) for one in batch]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (service_id, data) VALUES (%s, %s)"  # noqa: S608  (our own name)
            " ON CONFLICT (service_id) DO UPDATE SET data = excluded.data",
            rows,
        )
