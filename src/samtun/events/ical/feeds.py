"""Calendars that others subscribe to: texts derived when something changes, joined when read."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet
from django.utils import timezone, translation

from samtun.events.enums import PUBLIC_STATUSES
from samtun.events.ical.calendars import calendar, subscribed
from samtun.events.ical.dates import public_dates
from samtun.events.ical.lines import filled, stored
from samtun.events.models import CalendarText, Event, Occurrence
from samtun.organisations.enums import Language

LANGUAGES = tuple(Language)
STAYS = timedelta(days=90)  # how long what is over is still in feeds
_FORM = "1"  # one more when feeds are put together differently, so that all are fetched anew
_BATCH = 200


def refresh(events: Collection[UUID]) -> None:
    """Derive the texts of these events anew; call inside the transaction of the change.

    The texts hold no address of ours, so that they outlive a change of PUBLIC_URL.
    """
    keys = list(events)
    for start in range(0, len(keys), _BATCH):
        _refresh(keys[start : start + _BATCH])


def refresh_all() -> None:
    """Derive every text anew, e.g. after an upgrade that says something differently."""
    public = Event.objects.filter(status__in=PUBLIC_STATUSES)
    refresh(list(public.values_list("pk", flat=True)))
    CalendarText.objects.exclude(event__in=public).delete()


def _refresh(keys: Collection[UUID]) -> None:
    now = timezone.now()
    old = {
        (row.event_id, row.language): row
        for row in CalendarText.objects.filter(event__in=keys).defer("text")
    }
    new = {(row.event_id, row.language): row for row in _texts(keys)}
    gone = [row.pk for key, row in old.items() if key not in new]
    CalendarText.objects.filter(pk__in=gone).delete()
    CalendarText.objects.bulk_create(row for key, row in new.items() if key not in old)
    changed = []
    for key, row in old.items():
        if key in new and row.digest != new[key].digest:
            row.text, row.digest, row.changed_at = new[key].text, new[key].digest, now
            changed.append(row)
    CalendarText.objects.bulk_update(changed, ("text", "digest", "changed_at"))


def _texts(keys: Collection[UUID]) -> Iterator[CalendarText]:
    dates = Occurrence.objects.select_related("location").order_by("starts_at", "pk")
    dates = dates.prefetch_related("location__addresses")
    found = Event.objects.filter(pk__in=keys, status__in=PUBLIC_STATUSES)
    found = found.select_related("location").prefetch_related(
        "location__addresses", Prefetch("occurrences", dates)
    )
    rows = list(found)
    for language in LANGUAGES:
        with translation.override(language):
            for event in rows:
                if text := _text(event, language):
                    digest = blake2b(text.encode(), digest_size=16).hexdigest()
                    yield CalendarText(event=event, language=language, text=text, digest=digest)


def _text(event: Event, language: str) -> str:
    dates = list(event.occurrences.all())
    return "".join(stored(one) for one in public_dates(event, dates, language))


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar of `events`, which must be public; `base` is the address below which they are."""

    events: QuerySet[Event]
    language: str
    base: str
    name: str

    def etag(self) -> str:
        """Changes with whatever the calendar says, and costs no text; one query."""
        digests = self._texts().order_by("digest").values_list("digest", flat=True)
        told = "\n".join((_FORM, self.base, self.name, *digests))
        return f'"{blake2b(told.encode(), digest_size=16).hexdigest()}"'

    def text(self) -> str:
        """The whole calendar; one query."""
        texts = self._texts().order_by("event_id").values_list("text", flat=True)
        return filled(calendar(texts, subscribed(self.name)), self.base)

    def _texts(self) -> QuerySet[CalendarText]:
        dates = Occurrence.objects.filter(
            event=OuterRef("event_id"), ends_at__gt=timezone.now() - STAYS
        )
        found = CalendarText.objects.filter(event__in=self.events, language=self.language)
        return found.filter(Exists(dates))


def last_changed() -> datetime | None:
    """When anything in any feed last changed, disappeared too; coarse, and never too early."""
    moments = (
        CalendarText.objects.aggregate(at=Max("changed_at"))["at"],
        Event.objects.aggregate(at=Max("last_modified"))["at"],
    )
    return max(filter(None, moments), default=None)
