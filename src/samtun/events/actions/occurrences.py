"""Single dates, and the dates that a rule makes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.directory.models import Location
from samtun.events.actions import announcing, books, showing
from samtun.events.actions.errors import Invalid, NotPossible
from samtun.events.actions.offering import fill
from samtun.events.enums import EventKind, EventStatus, OccurrenceStatus
from samtun.events.models import Event, Intake, Occurrence
from samtun.events.recurrence import MOST_DATES, OSLO, Rule
from samtun.people import audit
from samtun.people.models import User

YEAR = timedelta(days=366)


class Told(TypedDict, total=False):
    """What can be changed about a date beside its time; what is left out stays."""

    theme: str
    notice: str
    room: str
    join_url: str
    location: Location | None
    language: str
    translations: dict[str, dict[str, str]]


_SHOWN = ("starts_at", "ends_at", "location_id", "room", "notice", "theme")  # in calendars


@transaction.atomic
def add(
    *, event: Event, starts_at: datetime, ends_at: datetime, theme: str = "", by: User | None
) -> Occurrence:
    """One more date, chosen by hand; a course's is a session for all who have signed up.

    Raises:
        Invalid: it ends before it starts, or too long after.
        NotPossible: the event is cancelled or archived, or happens once only.
    """
    check_span(starts_at, ends_at)
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.status in {EventStatus.CANCELLED, EventStatus.ARCHIVED}:
        raise NotPossible(_("The event is cancelled or archived, so no dates can be added."))
    if event.kind == EventKind.ONE_OFF and event.occurrences.exists():
        raise NotPossible(_("This happens once only. Choose a series to have more dates."))
    made = make(event, [(starts_at, ends_at, None)])[0]
    if theme:
        made.theme = theme
        made.save(update_fields=["theme"])
    if event.kind == EventKind.COURSE:
        announcing.changed([(made, None)])
    settle_intake(made.intake)
    _record("occurrence.added", made, by)
    showing.refresh([event.pk])
    return made


@transaction.atomic
def move(
    *, occurrence: Occurrence, starts_at: datetime, ends_at: datetime, by: User | None,
    **changes: Unpack[Told],
) -> Occurrence:  # fmt: skip
    """Another time, and perhaps another place; those who come or wait are told, once.

    Raises:
        Invalid: it ends before it starts, or too long after.
        NotPossible: the date is cancelled.
    """
    check_span(starts_at, ends_at)
    fresh = _locked(occurrence)
    if fresh.status == OccurrenceStatus.CANCELLED:
        raise NotPossible(_("This date is cancelled. Let it take place again first."))
    times = {"starts_at": starts_at, "ends_at": ends_at}
    if _write(fresh, times | dict(changes)):
        _record("occurrence.moved", fresh, by)
    return fresh


@transaction.atomic
def change(*, occurrence: Occurrence, by: User | None, **changes: Unpack[Told]) -> Occurrence:
    """Theme, word to those who come, room, place or link of one date.

    Those who come or wait are told of another place only; a calendar sees the rest.
    """
    fresh = _locked(occurrence)
    if _write(fresh, dict(changes)):
        _record("occurrence.changed", fresh, by)
    return fresh


@transaction.atomic
def cancel(*, occurrence: Occurrence, notice: str = "", by: User | None) -> Occurrence:
    """It does not take place; those who come or wait are told, once.

    A session of a course that has others to come is a change for its parties; else their sign-up
    ends here. Cancelling again changes nothing.
    """
    fresh = _locked(occurrence)
    if fresh.status == OccurrenceStatus.CANCELLED:
        return fresh
    tell_struck([(fresh, strike(fresh, notice))])
    _record("occurrence.cancelled", fresh, by)
    showing.refresh([fresh.event_id])
    return fresh


def strike(occurrence: Occurrence, notice: str) -> announcing.Snapshot:
    """Cancel a date whose intake is locked; what it was. Then `tell_struck`."""
    before = announcing.snapshot(occurrence)
    occurrence.status = OccurrenceStatus.CANCELLED
    if notice:
        occurrence.notice, occurrence.translations = notice, _without(occurrence, "notice")
    occurrence.sequence += 1
    occurrence.save()
    return before


def tell_struck(struck: Sequence[tuple[Occurrence, announcing.Snapshot | None]]) -> None:
    """Of dates of one intake: a change if others are held, else the end of all its sign-ups."""
    first = struck[0][0]
    if first.intake.occurrences.filter(status=OccurrenceStatus.SCHEDULED).exists():
        announcing.changed(struck)
    else:
        announcing.cancelled(first)
    settle_intake(first.intake)


@transaction.atomic
def restore(*, occurrence: Occurrence, by: User | None) -> Occurrence:
    """A cancelled date takes place after all.

    Whoever had signed up for it has been told that it is cancelled, and has made other plans: they
    do not come back by themselves. Those on a course are told that the session is held.

    Raises:
        NotPossible: it is over, or the whole event is cancelled.
    """
    fresh = _locked(occurrence)
    if fresh.status == OccurrenceStatus.SCHEDULED:
        return fresh
    if fresh.starts_at <= timezone.now():
        raise NotPossible(_("This date is over."))
    if fresh.event.status in {EventStatus.CANCELLED, EventStatus.ARCHIVED}:
        raise NotPossible(_("The whole event is cancelled or archived."))
    before = announcing.snapshot(fresh)
    fresh.status, fresh.notice = OccurrenceStatus.SCHEDULED, ""
    fresh.translations = _without(fresh, "notice")
    fresh.sequence += 1
    fresh.save()
    announcing.changed([(fresh, before)])
    settle_intake(fresh.intake)
    _record("occurrence.restored", fresh, by)
    showing.refresh([fresh.event_id])
    return fresh


def renew(events: Iterable[Event]) -> int:
    """Make the dates that rules name up to a year ahead; returns how many are new.

    A date that was moved or cancelled is known by what the rule said, and not made again.
    """
    return sum(_renew(event) for event in events)


def renew_all() -> int:
    """The same for everything that goes on; each night."""
    going_on = Event.objects.exclude(rrule="").filter(
        status__in=(EventStatus.DRAFT, EventStatus.PUBLISHED)
    )
    return renew(going_on.order_by("pk").iterator())


@transaction.atomic
def _renew(event: Event) -> int:
    event = Event.objects.select_for_update().get(pk=event.pk)
    known = set(event.occurrences.values_list("rule_starts_at", flat=True)) - {None}
    newest = max(filter(None, known), default=None)
    days = [
        day
        for day in days_of_rule(event)
        if day not in known and (newest is None or day > newest) and day > timezone.now()
    ]
    length = timedelta(minutes=event.minutes)
    made = make(event, [(day, day + length, day) for day in days])
    if made:
        settle_intakes({one.intake_id for one in made})
        showing.refresh([event.pk])
    return len(made)


def days_of_rule(event: Event) -> list[datetime]:
    """What its rule names from the first date to a year ahead; all of a course."""
    if not (event.rrule and event.starts_at):
        return []
    ahead = max(timezone.now(), event.starts_at) + YEAR
    if event.kind == EventKind.COURSE:
        ahead += YEAR
    return Rule.of(event.rrule).moments(event.starts_at, ahead)[-MOST_DATES:]


def make(
    event: Event, days: Collection[tuple[datetime, datetime, datetime | None]]
) -> list[Occurrence]:
    """Dates (from, to, what the rule says), on a new intake each, or all on the course's."""
    if not days:
        return []
    if event.kind == EventKind.SERIES:
        intakes = [Intake(event=event, capacity=event.capacity) for _day in days]
        Intake.objects.bulk_create(intakes)
    else:
        intake = event.intakes.order_by("pk").first()
        intake = intake or Intake.objects.create(event=event, capacity=event.capacity)
        intakes = [intake] * len(days)
    rows = [
        Occurrence(
            event=event, intake=intake, starts_at=day[0], ends_at=day[1], rule_starts_at=day[2],
            language=event.language,
        )
        for day, intake in zip(days, intakes, strict=True)
    ]  # fmt: skip
    return Occurrence.objects.bulk_create(rows)


def settle_intake(intake: Intake) -> None:
    """Derive when it starts, ends and closes from the dates that hold; see `settle_intakes`."""
    settle_intakes([intake.pk])
    intake.refresh_from_db(fields=["starts_at", "ends_at", "closes_at", "taken", "last_turn"])


def settle_intakes(intakes: Collection[UUID]) -> None:
    """The same for many. Where none of the dates holds, they count all the same: what is known of
    people is still deleted in time. Seats that a later closing time frees are offered."""
    rows = Intake.objects.filter(pk__in=intakes).select_related("event")
    dates: dict[UUID, list[Occurrence]] = {}
    for one in Occurrence.objects.filter(intake__in=intakes).order_by("starts_at"):
        dates.setdefault(one.intake_id, []).append(one)
    later = [intake for intake in rows if _settle(intake, dates.get(intake.pk, []))]
    Intake.objects.bulk_update(rows, ["starts_at", "ends_at", "closes_at"])
    for intake in later:
        fill(books.locked(intake))


def _settle(intake: Intake, dates: list[Occurrence]) -> bool:
    """Whether it closes later than before."""
    held = [one for one in dates if one.status == OccurrenceStatus.SCHEDULED] or dates
    before = intake.closes_at
    intake.starts_at = min((one.starts_at for one in held), default=None)
    intake.ends_at = max((one.ends_at for one in held), default=None)
    hours = timedelta(hours=intake.event.closes_hours_before)
    intake.closes_at = intake.starts_at and intake.starts_at - hours
    return bool(before and intake.closes_at and intake.closes_at > before and intake.last_turn)


def check_span(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse what ends before it starts, or lasts longer than three days.

    Raises:
        Invalid: so it is.
    """
    if ends_at <= starts_at:
        raise Invalid(ends_at=_("It must end after it starts."))
    if ends_at - starts_at > timedelta(days=3):
        raise Invalid(ends_at=_("A date can last three days at most."))


def _locked(occurrence: Occurrence) -> Occurrence:
    """The date as it is now, with its intake locked."""
    intake = books.locked(occurrence.intake)
    fresh = Occurrence.objects.select_related("location").get(pk=occurrence.pk)
    fresh.intake, fresh.event = intake, intake.event
    return fresh


def _write(occurrence: Occurrence, values: dict[str, Any]) -> list[str]:
    """Set what differs, tell those concerned, and bring along what is derived."""
    before = announcing.snapshot(occurrence)
    changed = [name for name, value in values.items() if getattr(occurrence, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(occurrence, name, values[name])
    if "translations" not in values:
        occurrence.translations = _without(occurrence, *changed)
    occurrence.sequence += 1
    occurrence.save()
    announcing.changed([(occurrence, before)])
    settle_intake(occurrence.intake)
    showing.refresh([occurrence.event_id])
    return changed


def _without(occurrence: Occurrence, *fields: str) -> dict[str, dict[str, str]]:
    """Its translations without those of texts that are no longer the same."""
    kept = {
        code: {name: text for name, text in texts.items() if name not in fields}
        for code, texts in occurrence.translations.items()
    }
    return {code: texts for code, texts in kept.items() if texts}


def _record(action: str, occurrence: Occurrence, by: User | None) -> None:
    if by is None:
        return
    day = occurrence.starts_at.astimezone(OSLO).date().isoformat()
    details: dict[str, object] = {"occurrence": str(occurrence.pk), "day": day}
    audit.record(action, by=by, about=occurrence.event, details=details)
