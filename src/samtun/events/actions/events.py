"""Making, changing and ending meeting places."""

from datetime import timedelta
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.events.actions import dates, occurrences, placing, referring, showing
from samtun.events.actions.copying import copy
from samtun.events.actions.errors import Invalid, NotPossible
from samtun.events.actions.intakes import set_capacity
from samtun.events.actions.naming import claim_address
from samtun.events.actions.values import EventValues
from samtun.events.enums import ACTIVE, EventKind, EventStatus, OccurrenceStatus
from samtun.events.errors import SignUpError
from samtun.events.models import Evaluation, Event, Headcount, Intake, Party, Tally
from samtun.events.recurrence import LONGEST, Rule, UnreadableRuleError
from samtun.people import audit
from samtun.people.models import User

__all__ = ["archive", "cancel", "copy", "publish", "save"]

_NO_COLUMNS = frozenset(
    {
        "organization", "co_organizers", "service", "terms", "municipalities", "place", "dates",
        "cancel_dates",
    }
)  # fmt: skip
_WHEN = frozenset({"starts_at", "minutes", "rrule", "kind", "dates"})
# A calendar that has the event must learn of these.
_IN_CALENDARS = frozenset(
    {
        "name", "summary", "description", "translations", "language", "place", "room", "starts_at",
        "minutes", "rrule", "dates", "meets_online", "meets_in_person", "kind",
    }
)  # fmt: skip


@transaction.atomic
def save(*, event: Event | None, values: EventValues, by: User | None) -> Event:
    """Make an event (a draft), or change one; its dates are made or changed as its rule says.

    Whoever has signed up for a date that gets another time or place is told, once. A first date
    that the rule does not name moves on to the first that it does.

    Raises:
        Invalid: a value cannot be kept, or points to what `by` does not reach.
        DatesWithParties: see `values["cancel_dates"]`; nothing is changed.
    """
    row = Event.objects.select_for_update().get(pk=event.pk) if event else Event()
    stood = _columns(row)
    links = _links(row) if event else {}
    _set_columns(row, values)
    _refer(row, values, event, by)
    _check_when(row, values)
    _write(row, values, is_new=event is None)
    changed = _changed(row, stood, links)
    if event is None or _WHEN & changed or "dates" in values:
        _settle_dates(row, values, stood)
    if event is not None and changed:
        _follow_up(row, stood, changed)
    if event is None or changed:
        _record("event.changed" if event else "event.made", row, by, fields=sorted(changed))
    showing.refresh([row.pk])
    return row


def _columns(row: Event) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in Event._meta.concrete_fields}


def _links(row: Event) -> dict[str, set[object]]:
    return {
        name: set(getattr(row, name).values_list("pk", flat=True))
        for name in ("co_organizers", "terms", "municipalities")
    }


def _set_columns(row: Event, values: EventValues) -> None:
    given = {name: value for name, value in values.items() if name not in _NO_COLUMNS}
    for name, value in given.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    try:
        row.clean_fields(
            exclude={field.name for field in Event._meta.fields if field.name not in given}
        )
    except ValidationError as error:
        raise Invalid(**{name: texts[0] for name, texts in error.message_dict.items()}) from error
    if not row.name:
        raise Invalid(name=_("Give it a name."))
    if row.keep_until and not row.keep_reason:
        raise Invalid(keep_reason=_("Say why it must be kept longer."))
    youngest, oldest = row.minimum_age, row.maximum_age
    if youngest is not None and oldest is not None and youngest > oldest:
        raise Invalid(maximum_age=_("The highest age is below the lowest."))


def _refer(row: Event, values: EventValues, event: Event | None, by: User | None) -> None:
    if event is None and "organization" not in values:
        raise Invalid(organization=_("Choose who arranges it."))
    if "organization" in values:
        row.organization = referring.organization(values["organization"], event, by)
    if "service" in values:
        row.service = referring.service(values["service"], event, by)
    if "place" in values:
        row.location = placing.location_of(values["place"], row)


def _check_when(row: Event, values: EventValues) -> None:
    """Bring rule and first date into the form in which they are kept."""
    for starts_at, ends_at in values.get("dates", ()):
        occurrences.check_span(starts_at, ends_at)
    if row.rrule and not row.starts_at:
        raise Invalid(starts_at=_("Choose the first date."))
    if row.rrule:
        _check_rule(row)
    elif values.get("dates"):
        row.starts_at = min(starts_at for starts_at, _ends_at in values["dates"])
    if row.kind == EventKind.ONE_OFF and (row.rrule or len(values.get("dates", ())) > 1):
        raise Invalid(kind=_("This happens once only. Choose a series to have more dates."))


def _check_rule(row: Event) -> None:
    try:
        rule = Rule.of(row.rrule)
    except UnreadableRuleError as error:
        raise Invalid(rrule=str(error)) from error
    if row.kind == EventKind.COURSE and not rule.ends:
        raise Invalid(rrule=_("A course must have a last day or a number of times."))
    row.rrule = rule.text
    if not occurrences.days_of_rule(row) or row.starts_at is None:
        raise Invalid(rrule=_("The rule gives no dates in the coming year."))
    row.starts_at = rule.moments(row.starts_at, row.starts_at + LONGEST)[0]


def _write(row: Event, values: EventValues, *, is_new: bool) -> None:
    linked = _linked(values)
    row.last_modified = timezone.now()
    if is_new:
        claim_address(row)
    else:
        row.save()
    for name, found in linked.items():
        getattr(row, name).set(found)


def _linked(values: EventValues) -> dict[str, list[Any]]:
    linked: dict[str, list[Any]] = {}
    if "terms" in values:
        linked["terms"] = cast("list[Any]", referring.terms(values["terms"]))
    if "municipalities" in values:
        found = referring.municipalities(values["municipalities"])
        linked["municipalities"] = cast("list[Any]", found)
    if "co_organizers" in values:
        linked["co_organizers"] = cast(
            "list[Any]", referring.organizations(values["co_organizers"])
        )
    return linked


def _changed(row: Event, stood: dict[str, Any], links: dict[str, set[object]]) -> set[str]:
    """Names of values that differ."""
    passing = {"id", "slug", "last_modified", "made_at", "sequence", "status"}
    changed = {name for name, value in _columns(row).items() if value != stood[name]} - passing
    changed |= {name for name, keys in _links(row).items() if keys != links.get(name, set())}
    names = {"location_id": "place", "organization_id": "organization", "service_id": "service"}
    return {names.get(name, name) for name in changed}


def _settle_dates(row: Event, values: EventValues, stood: dict[str, Any]) -> None:
    if stood["kind"] != row.kind:
        _start_over(row)
    length = timedelta(minutes=row.minutes)
    wanted: list[dates.Day] = []
    if row.rrule:
        wanted = [(day, day + length, day) for day in occurrences.days_of_rule(row)]
    elif "dates" in values:
        wanted = [(starts_at, ends_at, None) for starts_at, ends_at in sorted(values["dates"])]
    elif row.starts_at and _has_one_date(row):
        wanted = [(row.starts_at, row.starts_at + length, None)]
    else:
        return
    dates.settle(
        row,
        wanted,
        by_rule_before=bool(stood["rrule"]),
        cancel_dates=values.get("cancel_dates", False),
    )


def _has_one_date(row: Event) -> bool:
    """Its first date is the only one: it happens once, or nothing else has been chosen yet."""
    by_hand = row.occurrences.filter(rule_starts_at__isnull=True)
    return row.kind == EventKind.ONE_OFF or not by_hand.exists()


def _start_over(row: Event) -> None:
    """Dates hang on sign-ups in another way now; possible while nobody has come or signed up."""
    in_use = any(
        table._default_manager.filter(intake__event=row).exists()
        for table in (Party, Tally, Evaluation)
    )
    if in_use or Headcount.objects.filter(occurrence__event=row).exists():
        raise Invalid(
            kind=_("People have signed up or come already, so this cannot be changed. Copy it.")
        )
    row.intakes.all().delete()


def _follow_up(row: Event, stood: dict[str, Any], changed: set[str]) -> None:
    """What a change of the whole brings with it for the dates to come."""
    if changed & _IN_CALENDARS:
        row.sequence += 1
        row.save(update_fields=["sequence"])
    coming = Intake.objects.filter(event=row, ends_at__gt=timezone.now()).order_by("pk")
    if "closes_hours_before" in changed:
        occurrences.settle_intakes([intake.pk for intake in coming])
    if "capacity" in changed:
        _set_capacity(coming, stood["capacity"], row.capacity)
    if changed & {"place", "room", "join_url", "meets_online", "meets_in_person"}:
        dates.elsewhere(row, stood)


def _set_capacity(coming: Any, before: int | None, after: int | None) -> None:  # noqa: ANN401
    """Those that were as the event said; what was set for a date by hand stays."""
    try:
        for intake in coming.filter(capacity=before):
            set_capacity(intake=intake, capacity=after, by=None)
    except SignUpError as error:
        raise Invalid(capacity=str(error)) from error


@transaction.atomic
def publish(*, event: Event, by: User | None) -> Event:
    """Show it to everybody; from a draft, or again from the archive.

    Raises:
        Invalid: it has no date to come, is for nobody, or takes place where nobody may know.
        NotPossible: it is cancelled.
    """
    row = Event.objects.select_for_update(of=("self",)).select_related("location").get(pk=event.pk)
    if row.status == EventStatus.PUBLISHED:
        return row
    if row.status == EventStatus.CANCELLED:
        raise NotPossible(_("It is cancelled. Make a copy to have it again."))
    held = row.occurrences.filter(status=OccurrenceStatus.SCHEDULED, ends_at__gt=timezone.now())
    if not held.exists():
        raise Invalid(dates=_("It has no date to come."))
    if not row.municipalities.exists():
        raise Invalid(municipalities=_("Choose whom it is for."))
    if row.location and row.location.is_confidential:
        raise Invalid(place=_("Choose another place."))
    return _set_status(row, EventStatus.PUBLISHED, "event.published", by)


@transaction.atomic
def cancel(*, event: Event, notice: str, by: User | None) -> Event:
    """None of the dates to come takes place; those who come or wait are told, each once."""
    row = Event.objects.select_for_update().get(pk=event.pk)
    if row.status in {EventStatus.CANCELLED, EventStatus.ARCHIVED}:
        return row
    _set_status(row, EventStatus.CANCELLED, "event.cancelled", by)
    dates.cancel_coming(row, notice)
    return row


@transaction.atomic
def archive(*, event: Event, by: User | None) -> Event:
    """Put it away: nobody but its keepers sees it.

    Raises:
        NotPossible: people have signed up for dates to come; cancel it first, so that they hear.
    """
    row = Event.objects.select_for_update().get(pk=event.pk)
    if row.status == EventStatus.ARCHIVED:
        return row
    waiting_for_it = Party.objects.filter(
        intake__event=row, intake__ends_at__gt=timezone.now(), state__in=ACTIVE
    )
    if waiting_for_it.exists():
        raise NotPossible(_("People have signed up. Cancel it first, so that they are told."))
    return _set_status(row, EventStatus.ARCHIVED, "event.archived", by)


def _set_status(row: Event, status: EventStatus, action: str, by: User | None) -> Event:
    row.status, row.last_modified = status, timezone.now()
    row.sequence += 1
    row.save(update_fields=["status", "last_modified", "sequence"])
    _record(action, row, by)
    showing.refresh([row.pk])
    return row


def _record(action: str, row: Event, by: User | None, **details: object) -> None:
    """What stood in a field is never in the trail, least of all the private link."""
    if by is not None:
        audit.record(action, by=by, about=row, details=details)
