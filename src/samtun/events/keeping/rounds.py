"""What parties are told because of the time: that it is soon, and the question how it was.

Both may be called at any moment, by any number of workers: each party is told once.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from samtun.events import notices
from samtun.events.enums import (
    Consent,
    EventStatus,
    NoticeKind,
    OccurrenceStatus,
    PartyState,
)
from samtun.events.models import Attendance, Event, Intake, Notice, Occurrence, Party
from samtun.events.recurrence import OSLO

_BATCH = 500
_ASKED_WITHIN = timedelta(days=4)  # so that a stopped worker makes up for a long weekend
# Who has just been told one of these knows when it is.
_JUST_TOLD = (NoticeKind.CONFIRMED, NoticeKind.MOVED)


def remind(now: datetime) -> int:
    """Remind those with seats of what is soon; how many there were.

    Not those who signed up, moved or heard of a change after the moment of the reminder.
    """
    return sum(_remind_of(one) for one in _soon(now))


def _soon(now: datetime) -> Iterator[Occurrence]:
    """Dates whose moment to remind has come and that have not begun."""
    reminding = Event.objects.filter(status=EventStatus.PUBLISHED, remind_hours_before__gt=0)
    longest = reminding.aggregate(hours=Max("remind_hours_before"))["hours"]
    if longest is None:
        return
    dates = Occurrence.objects.filter(
        event__in=reminding,
        status=OccurrenceStatus.SCHEDULED,
        starts_at__gt=now,
        starts_at__lte=now + timedelta(hours=longest),
    )
    for one in dates.select_related("event").order_by("starts_at", "pk"):
        if _moment_of(one) <= now:
            yield one


def _moment_of(occurrence: Occurrence) -> datetime:
    return occurrence.starts_at - timedelta(hours=occurrence.event.remind_hours_before)


def _remind_of(occurrence: Occurrence) -> int:
    """The time is a part of the matter: a date that is moved far away is reminded of anew."""
    matter = f"{occurrence.pk}:{occurrence.starts_at.astimezone(OSLO):%Y%m%dT%H%M}"
    count = 0
    while batch := list(_to_remind(occurrence, matter)[:_BATCH]):
        notices.tell_all(batch, NoticeKind.REMINDER, matter=matter, occurrence=occurrence)
        count += len(batch)
    return count


def _to_remind(occurrence: Occurrence, matter: str) -> QuerySet[Party]:
    moment = _moment_of(occurrence)
    told = Notice.objects.filter(party=OuterRef("pk"))
    reminded = told.filter(kind=NoticeKind.REMINDER, matter=matter)
    about_it = Q(kind__in=_JUST_TOLD) | Q(kind=NoticeKind.CHANGED, occurrence=occurrence)
    just_told = told.filter(about_it, made_at__gte=moment, is_withdrawn=False)
    found = _with_seats().filter(intake=occurrence.intake_id, signed_up_at__lt=moment)
    return found.filter(~Exists(reminded), ~Exists(just_told)).order_by("turn")


def evaluate(now: datetime) -> int:
    """Ask those who had seats yesterday, or since the last time, how it was; how many there were.

    By letter only. Not those whom the organiser missed.
    """
    today = datetime.combine(now.astimezone(OSLO).date(), time(), OSLO)
    took_place = Occurrence.objects.filter(intake=OuterRef("pk"), status=OccurrenceStatus.SCHEDULED)
    over = Intake.objects.filter(
        Exists(took_place),
        ends_at__lt=today,
        ends_at__gte=today - _ASKED_WITHIN,
        event__evaluates=True,
        event__status=EventStatus.PUBLISHED,
    )
    return sum(_ask(intake) for intake in over.order_by("ends_at", "pk"))


def _ask(intake: Intake) -> int:
    count = 0
    while batch := list(_to_ask(intake)[:_BATCH]):
        notices.tell_all(batch, NoticeKind.EVALUATION)
        count += len(batch)
    return count


def _to_ask(intake: Intake) -> QuerySet[Party]:
    asked = Notice.objects.filter(party=OuterRef("pk"), kind=NoticeKind.EVALUATION)
    marked = Attendance.objects.filter(party=OuterRef("pk"))
    missed = Exists(marked) & ~Exists(marked.filter(present__gt=0))
    found = _with_seats().filter(intake=intake).exclude(email="")
    return found.filter(~Exists(asked), ~missed).order_by("turn")


def _with_seats() -> QuerySet[Party]:
    """With no more than telling needs, since there may be thousands."""
    found = Party.objects.filter(
        state=PartyState.CONFIRMED, consent__in=(Consent.NOT_NEEDED, Consent.GIVEN)
    )
    return found.only("email", "phone", "consent")
