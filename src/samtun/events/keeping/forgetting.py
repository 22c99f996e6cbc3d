"""What is known of those who came is deleted when it has had its time; numbers stay.

A party is counted and deleted 30 days after the last date of what it signed up for; later only
where its event says until when and why. Who has cancelled is not coming, so nothing is kept longer
than 30 days after that, however far off the date is and whatever the event says.

Each thousand is counted and deleted in one transaction, so a night that is cut off is run again and
no number changes.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from samtun.events.enums import HOLDING, PartyState
from samtun.events.models import Attendance, Intake, Message, Notice, Occurrence, Party, Tally
from samtun.events.notices import letter_key
from samtun.mail import actions as mail

STAYS = timedelta(days=30)
_AT_ONCE = 1_000
_COUNTS = ("parties", "people", "first_time", "present", "cancelled", "unmet")


def tidy(today: date) -> None:
    """Count and delete all parties whose time has come; `today` is the day in Norway."""
    before = _begins(today - STAYS + timedelta(days=1))
    while _forget_some(_over(before, today)):
        pass
    over = _intakes_over(before, today)
    _forget_words(Message.objects.filter(intake__in=over))
    emptied = ~Exists(Party.objects.filter(intake=OuterRef("pk")))
    over.filter(emptied, is_tallied=False).update(is_tallied=True)


def _forget_words(messages: QuerySet[Message]) -> None:
    """What was written, and the letters of those who have moved to a date that is not over."""
    notices = list(Notice.objects.filter(message__in=messages).values_list("pk", flat=True))
    if notices:
        mail.forget([letter_key(notice) for notice in notices])
    messages.delete()


def _begins(day: date) -> datetime:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (made aware below)
    return timezone.make_aware(midnight)


def _over(before: datetime, today: date) -> QuerySet[Party]:
    """Parties of what has ended, and those who cancelled, before that moment."""
    cancelled = Q(state=PartyState.CANCELLED, changed_at__lt=before)
    return Party.objects.filter(cancelled | Q(intake__in=_intakes_over(before, today)))


def _intakes_over(before: datetime, today: date) -> QuerySet[Intake]:
    """What ended before that moment, and is not kept for a stated reason.

    Where no date holds any longer, the last that there was counts; else what was last done.
    """
    dates = _newest(Occurrence.objects.filter(intake=OuterRef("pk")), "intake", "ends_at")
    doings = _newest(Party.objects.filter(intake=OuterRef("pk")), "intake", "changed_at")
    ended = Q(ends_at__lt=before) | Q(ends_at__isnull=True, ended_at__lt=before)
    kept = Q(event__keep_until__gte=today) & ~Q(event__keep_reason="")
    found = Intake.objects.alias(ended_at=Coalesce(dates, doings))
    return found.filter(ended).exclude(kept)


def _newest(rows: QuerySet[Occurrence] | QuerySet[Party], of: str, column: str) -> Subquery:
    return Subquery(rows.order_by().values(of).annotate(newest=Max(column)).values("newest"))


@transaction.atomic
def _forget_some(over: QuerySet[Party]) -> bool:
    """A thousand at most; whether there were any."""
    keys = list(over.order_by("intake", "pk").values_list("pk", flat=True)[:_AT_ONCE])
    intakes = Party.objects.filter(pk__in=keys).values("intake")
    locked = Intake.objects.select_for_update().filter(pk__in=intakes).order_by("pk")
    # Locked as for all else that changes parties; read again, now that nobody does.
    parties = list(over.filter(pk__in=keys)) if list(locked.values_list("pk")) else []
    if not parties:
        return False
    _count(parties)
    _give_back(parties)
    notices = Notice.objects.filter(party__in=parties).values_list("pk", flat=True)
    mail.forget([letter_key(notice) for notice in notices])
    Party.objects.filter(pk__in=[party.pk for party in parties]).delete()
    return True


def _count(parties: Iterable[Party]) -> None:
    """Add them to the numbers of their intakes and municipalities."""
    present = _present(parties)
    sums: dict[tuple[UUID, str | None], dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(_COUNTS, 0)
    )
    for party in parties:
        numbers = sums[party.intake_id, party.municipality_id]
        numbers["present"] += present.get(party.pk, 0)
        for column, number in _numbers_of(party).items():
            numbers[column] += number
    for (intake, municipality), numbers in sums.items():
        row = Tally.objects.get_or_create(intake_id=intake, municipality_id=municipality)[0]
        added = {column: F(column) + number for column, number in numbers.items()}
        Tally.objects.filter(pk=row.pk).update(**added)


def _numbers_of(party: Party) -> dict[str, int]:
    if party.state == PartyState.CONFIRMED:
        new = party.size if party.is_first_time else 0
        return {"parties": 1, "people": party.size, "first_time": new}
    if party.state == PartyState.CANCELLED:
        return {"cancelled": 1}
    return {"unmet": party.size}


def _present(parties: Iterable[Party]) -> dict[UUID, int]:
    seen = Attendance.objects.filter(party__in=parties).values_list("party")
    return dict(seen.annotate(visits=Sum("present")).order_by())


def _give_back(parties: Iterable[Party]) -> None:
    """The books stay right: seats of parties that are gone are not taken."""
    seats: dict[UUID, int] = defaultdict(int)
    for party in parties:
        if party.state in HOLDING:
            seats[party.intake_id] += party.size
    for intake, size in seats.items():
        Intake.objects.filter(pk=intake).update(taken=F("taken") - size)
