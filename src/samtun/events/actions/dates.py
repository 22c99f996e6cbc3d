"""From the dates an event should have to the rows it has: kept, moved, made or cancelled.

A row is known by what the rule said, so a date moved or cancelled by hand stays as it is. What the
new rule does not name is moved to its day of the same date (another hour, another length), or in a
course and a single event to the next day that is left over; the rest goes. Of what people have
signed up for nothing goes before the organiser has said so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from samtun.events.actions import announcing, books, occurrences
from samtun.events.actions.errors import DatesWithParties
from samtun.events.enums import ACTIVE, EventKind, OccurrenceStatus
from samtun.events.models import Event, Intake, Notice, Occurrence, Party
from samtun.events.recurrence import OSLO

Day = tuple[datetime, datetime, datetime | None]  # from, to, what the rule says
Changes = list[tuple[Occurrence, announcing.Snapshot | None]]


@dataclass(slots=True)
class Plan:
    """What becomes of an event's dates."""

    kept: list[tuple[Occurrence, Day]] = field(default_factory=list)  # perhaps another length
    moved: list[tuple[Occurrence, Day]] = field(default_factory=list)
    made: list[Day] = field(default_factory=list)
    gone: list[Occurrence] = field(default_factory=list)


def settle(
    event: Event, wanted: Sequence[Day], *, by_rule_before: bool, cancel_dates: bool
) -> None:
    """Give `event` the dates `wanted`, and tell those concerned; its row is locked by the caller.

    Raises:
        DatesWithParties: dates that people have signed up for would go, and `cancel_dates` is not
            true.
    """
    plan = plan_of(event, wanted, by_rule_before=by_rule_before)
    busy = _with_parties(plan.gone)
    if busy and not cancel_dates:
        raise DatesWithParties(busy)
    _lock({one.intake_id for one in (*plan.gone, *(row for row, _day in plan.moved + plan.kept))})
    changes: Changes = [(row, _stretch(row, day)) for row, day in plan.kept]
    _make_way(plan)
    changes += [(row, _move(row, day)) for row, day in plan.moved]
    made = occurrences.make(event, plan.made)
    _tell(event, changes + _remove(plan.gone), made)
    left = {row.intake_id for row in (*made, *(row for row, _before in changes))}
    occurrences.settle_intakes(left)


def _tell(event: Event, changes: Changes, made: list[Occurrence]) -> None:
    """What was done, to those who have signed up; of new dates of a course as well."""
    by_intake: dict[object, Changes] = {}
    for row, before in changes:
        row.event = event
        if announcing.is_news(row, before):
            by_intake.setdefault(row.intake_id, []).append((row, before))
    for row in made if event.kind == EventKind.COURSE else []:
        by_intake.setdefault(row.intake_id, []).append((row, None))
    for found in by_intake.values():
        found[0][0].intake = books.locked(found[0][0].intake)
        occurrences.tell_struck(found)


def plan_of(event: Event, wanted: Sequence[Day], *, by_rule_before: bool) -> Plan:
    """What becomes of the dates of `event` when it should have those `wanted`."""
    now = timezone.now()
    rows = list(event.occurrences.select_related("intake").order_by("starts_at", "pk"))
    for row in rows:
        row.event = event
    is_by_rule = any(day[2] for day in wanted)
    by_name = {_name(row): row for row in rows}
    plan = Plan(kept=[(by_name[day[0]], day) for day in wanted if day[0] in by_name])
    held = {row.pk for row, _day in plan.kept}
    free = [
        row
        for row in rows
        if row.pk not in held
        and _name(row) > now
        and (row.rule_starts_at or not (is_by_rule and by_rule_before))  # else chosen by hand
    ]
    left = [day for day in wanted if day[0] not in by_name and (day[0] > now or not rows)]
    _pair(plan, free, left, in_order=event.kind != EventKind.SERIES)
    return plan


def _pair(plan: Plan, free: list[Occurrence], left: list[Day], *, in_order: bool) -> None:
    by_day: dict[date, list[Occurrence]] = {}
    for row in free:
        by_day.setdefault(_day_of(_name(row)), []).append(row)
    for day in left:
        same = by_day.get(_day_of(day[0]))
        if same:
            plan.moved.append((same.pop(0), day))
        else:
            plan.made.append(day)
    taken = {row.pk for row, _day in plan.moved}
    plan.gone = [row for row in free if row.pk not in taken]
    if in_order:
        pairs = list(zip(plan.gone, plan.made, strict=False))
        plan.moved += pairs
        plan.gone, plan.made = plan.gone[len(pairs) :], plan.made[len(pairs) :]


def _name(row: Occurrence) -> datetime:
    return row.rule_starts_at or row.starts_at


def _day_of(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()


def _with_parties(rows: Iterable[Occurrence]) -> list[Occurrence]:
    """Those that still hold, and that somebody comes to or waits for."""
    holding = [row for row in rows if row.status == OccurrenceStatus.SCHEDULED]
    intakes = Party.objects.filter(
        intake__in={row.intake_id for row in holding}, state__in=ACTIVE
    ).values_list("intake", flat=True)
    busy = set(intakes)
    return [row for row in holding if row.intake_id in busy]


def _lock(intakes: Iterable[object]) -> None:
    """All of them in one order, so that two who save never wait for each other."""
    list(Intake.objects.select_for_update().filter(pk__in=list(intakes)).order_by("pk"))


def _stretch(row: Occurrence, day: Day) -> announcing.Snapshot:
    """Another length, where the date stands as the rule has it; what it was."""
    is_moved = row.starts_at != day[0]
    row.rule_starts_at = day[2]
    return _change(row, *((row.starts_at, row.ends_at) if is_moved else day[:2]))


def _make_way(plan: Plan) -> None:
    """No two rows may have the same name, not even between two steps."""
    keys = [row.pk for row, _day in plan.moved]
    Occurrence.objects.filter(pk__in=keys).update(rule_starts_at=None)


def _move(row: Occurrence, day: Day) -> announcing.Snapshot:
    was_moved = row.rule_starts_at is not None and row.rule_starts_at != row.starts_at
    row.rule_starts_at = day[2]
    return _change(row, *((row.starts_at, row.ends_at) if was_moved else day[:2]))


def _change(row: Occurrence, starts_at: datetime, ends_at: datetime) -> announcing.Snapshot:
    before = announcing.snapshot(row)
    row.starts_at, row.ends_at = starts_at, ends_at
    row.sequence += announcing.snapshot(row) != before
    row.save(update_fields=["starts_at", "ends_at", "rule_starts_at", "sequence"])
    return before


def _remove(rows: Iterable[Occurrence]) -> Changes:
    """Nobody signed up: it never was. Else it is cancelled, also for those who know of it."""
    gone = list(rows)
    known = set(
        Party.objects.filter(intake__in={row.intake_id for row in gone})
        .values_list("intake", flat=True)
        .distinct()
    )
    unknown = [row for row in gone if row.intake_id not in known]
    # Who has moved away was told of it: what was told is forgotten with the party, not before.
    Notice.objects.filter(occurrence__in=unknown).update(occurrence=None)
    Occurrence.objects.filter(pk__in=[row.pk for row in unknown]).delete()
    Intake.objects.filter(
        pk__in={row.intake_id for row in unknown}, occurrences__isnull=True
    ).delete()
    return [
        (row, occurrences.strike(row, ""))
        for row in gone
        if row.intake_id in known and row.status == OccurrenceStatus.SCHEDULED
    ]


def cancel_coming(event: Event, notice: str) -> None:
    """Cancel all that is to come, and tell each party once."""
    coming = event.occurrences.filter(
        status=OccurrenceStatus.SCHEDULED, ends_at__gt=timezone.now()
    ).select_related("intake")
    by_intake: dict[object, list[Occurrence]] = {}
    for row in coming.order_by("intake", "starts_at"):
        by_intake.setdefault(row.intake_id, []).append(row)
    for rows in by_intake.values():
        intake = books.locked(rows[0].intake)
        for row in rows:
            row.intake, row.event = intake, intake.event
            occurrences.strike(row, notice)
        announcing.cancelled(rows[0])
        occurrences.settle_intake(intake)


def elsewhere(event: Event, stood: dict[str, Any]) -> None:
    """The whole event has another place, room or link: dates without their own have it too.

    Of another link those are told who may have been sent the old one.
    """
    coming = event.occurrences.filter(
        status=OccurrenceStatus.SCHEDULED, ends_at__gt=timezone.now()
    ).select_related("intake")
    changes: dict[object, Changes] = {}
    for row in coming.order_by("intake", "starts_at"):
        row.event = event
        before = announcing.snapshot(row) | announcing.place_of(row, stood)
        if event.join_url != stood["join_url"] and not row.join_url and _is_soon(row):
            before["link"] = True
        if before != announcing.snapshot(row):
            row.sequence += 1
            row.save(update_fields=["sequence"])
            changes.setdefault(row.intake_id, []).append((row, before))
    for found in changes.values():
        books.locked(found[0][0].intake)
        announcing.changed(found)


def _is_soon(row: Occurrence) -> bool:
    return row.starts_at <= timezone.now() + timedelta(hours=row.event.remind_hours_before)
