"""Last year's once more."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from samtun.events.actions import occurrences, showing
from samtun.events.actions.naming import claim_address
from samtun.events.enums import EventStatus
from samtun.events.models import Event, Occurrence
from samtun.events.recurrence import OSLO, Rule, on_the_wall
from samtun.people import audit
from samtun.people.models import User

_OWN = frozenset({"id", "slug", "status", "join_url", "sequence", "made_at", "last_modified"})
_LINKS = ("co_organizers", "terms", "municipalities")


@transaction.atomic
def copy(*, event: Event, first_on: date, by: User | None) -> Event:
    """The same again as a draft, the first date on `first_on`, or the first after it by the rule.

    Texts, rule and themes of the dates come along; dates chosen by hand lie as many days later as
    the first. People, the private link and reasons to keep what was collected do not.
    """
    made = _row(event)
    first = _first(event)
    shift = timedelta()
    if first is not None:
        shift = first_on - first.astimezone(OSLO).date()
        made.starts_at = on_the_wall(event.starts_at or first, shift)
    _shift(made, event, shift)
    claim_address(made)
    for name in _LINKS:
        getattr(made, name).set(getattr(event, name).all())
    _make_dates(made, event, shift)
    if by is not None:
        audit.record("event.copied", by=by, about=made, details={"from": str(event.pk)})
    showing.refresh([made.pk])
    return made


def _row(event: Event) -> Event:
    values = {
        field.attname: getattr(event, field.attname)
        for field in Event._meta.concrete_fields
        if field.name not in _OWN
    }
    values |= {"keep_until": None, "keep_reason": "", "copied_from_id": event.pk}
    return Event(id=uuid4(), status=EventStatus.DRAFT, made_at=timezone.now(), **values)


def _first(event: Event) -> datetime | None:
    """Of a rule its beginning; else the first date that was chosen."""
    if event.rrule:
        return event.starts_at
    dates = event.occurrences.order_by("starts_at").values_list("starts_at", flat=True)
    return dates.first() or event.starts_at


def _shift(made: Event, event: Event, shift: timedelta) -> None:
    if made.opens_on:
        made.opens_on += shift
    if not (event.rrule and made.starts_at):
        return
    rule = Rule.of(event.rrule).shifted(shift)
    made.rrule = rule.text
    days = occurrences.days_of_rule(made)
    made.starts_at = days[0] if days else made.starts_at


def _make_dates(made: Event, event: Event, shift: timedelta) -> None:
    length = timedelta(minutes=made.minutes)
    old = list(event.occurrences.order_by("starts_at"))
    days: list[tuple[datetime, datetime, datetime | None]]
    if made.rrule:
        days = [(day, day + length, day) for day in occurrences.days_of_rule(made)]
    else:
        moments = [(on_the_wall(one.starts_at, shift), one.ends_at - one.starts_at) for one in old]
        days = [(starts_at, starts_at + length, None) for starts_at, length in moments]
    rows = occurrences.make(made, days)
    if not made.rrule:
        _bring_themes(rows, old)
    occurrences.settle_intakes({row.intake_id for row in rows})


def _bring_themes(rows: list[Occurrence], old: list[Occurrence]) -> None:
    """The dates stand in the same order, so each has its theme again; not what was cancelled."""
    for row, before in zip(rows, old, strict=True):
        row.theme, row.language = before.theme, before.language
        row.translations = {
            code: {"theme": texts["theme"]}
            for code, texts in before.translations.items()
            if texts.get("theme")
        }
    Occurrence.objects.bulk_update(rows, ["theme", "language", "translations"])
