"""Reminders of what is due: one gathered letter to each learner, at most weekly.

What is written of is due within fourteen days or overdue; offers and what is done, exempt or no
longer theirs never. A letter goes fourteen days before at the earliest, then weekly until it has
been overdue for eight weeks, then every fourth week, and after a year no more: then it is a matter
for the leader. What has come in the meantime waits for the next letter.

The truth is read when the letter is composed, in the transaction that puts it into the outbox, with
the jobs locked: whoever settles something at that moment waits, finds the letter, and takes it back
(`actions.obligations.calling_off`). So a worker that is killed leaves nothing half done, and two
workers write no letter twice.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from samtun.learning.actions.obligations import letter_key
from samtun.learning.letters.words import Due, draft_of
from samtun.learning.models import Employment, Learner, Obligation, Reminder
from samtun.learning.queries.obligations import to_do
from samtun.learning.queries.plans import items_by_key
from samtun.mail import actions as mail
from samtun.mail.addresses import comparable
from samtun.mail.queries import bounced_among

log = logging.getLogger(__name__)

OSLO = ZoneInfo("Europe/Oslo")
BEFORE = timedelta(days=14)
WEEKLY = timedelta(days=7)
OFTEN = timedelta(weeks=8)  # overdue for so long: from then on seldom
SELDOM = timedelta(weeks=4)
LAST = timedelta(days=365)  # overdue for so long: no more letters because of it
BATCH = 500


@dataclass(frozen=True, slots=True)
class _Round:
    """A day's reminders."""

    today: date

    def due(self) -> QuerySet[Obligation]:
        """All that letters may speak of."""
        return to_do(self.today).filter(due_on__lte=self.today + BEFORE)

    def learners(self) -> QuerySet[Learner]:
        """Those with an address who have something due and have had no letter for a while."""
        return (
            Learner.objects.exclude(email="")
            .filter(Exists(self._own(self.today - LAST)), ~Exists(self._reminded(WEEKLY)))
            .filter(Exists(self._own(self.today - OFTEN)) | ~Exists(self._reminded(SELDOM)))
        )

    def _own(self, since: date) -> QuerySet[Obligation]:
        return self.due().filter(employment__learner=OuterRef("pk"), due_on__gt=since)

    def _reminded(self, within: timedelta) -> QuerySet[Reminder]:
        return Reminder.objects.filter(learner=OuterRef("pk"), sent_on__gt=self.today - within)


def remind(now: datetime) -> int:
    """Remind those who are to be reminded today; how many. Safe to call again, and by several."""
    today = _Round(now.astimezone(OSLO).date())
    count = 0
    last = UUID(int=0)
    while keys := _next(today, last):
        last = keys[-1]
        count += _written(today, keys)
    return count


def _written(today: _Round, keys: Sequence[UUID]) -> int:
    """One that cannot be written does not keep the others of its batch waiting."""
    try:
        with transaction.atomic():
            return _compose(today, keys)
    except Exception as error:  # noqa: BLE001  # whatever it is: its words may quote people
        if len(keys) == 1:
            log.error("a reminder cannot be written: %s", type(error).__name__)
            return 0
    return sum(_written(today, [key]) for key in keys)


def _next(today: _Round, last: UUID) -> list[UUID]:
    found = today.learners().filter(pk__gt=last).order_by("pk")
    return list(found.values_list("pk", flat=True)[:BATCH])


def _compose(today: _Round, keys: Collection[UUID]) -> int:
    """Letters to those of `keys` whom nobody else is writing to; how many."""
    learners = _held(today, keys)
    bounced = bounced_among(learner.email for learner in learners)
    reachable = [one for one in learners if comparable(one.email) not in bounced]
    due = _due(today, reachable)
    told = [one for one in reachable if due.get(one.pk)]
    mail.post_all(
        [
            draft_of(one, due[one.pk], today.today, key=letter_key(one.pk, today.today))
            for one in told
        ]
    )
    Reminder.objects.bulk_create(
        Reminder(learner=one, sent_on=today.today, count=len(due[one.pk])) for one in told
    )
    return len(told)


def _held(today: _Round, keys: Collection[UUID]) -> list[Learner]:
    """As they are now, and theirs alone until the commit; what another holds is left to it."""
    found = Learner.objects.filter(pk__in=keys).select_for_update(no_key=True, skip_locked=True)
    held = {learner.pk: learner for learner in found}
    jobs = Employment.objects.filter(learner__in=list(held)).order_by("pk")
    list(jobs.select_for_update(no_key=True).values_list("pk"))
    # Read again, now that nobody changes it: another worker may have just written.
    still = today.learners().filter(pk__in=list(held)).order_by("pk")
    return [held[key] for key in still.values_list("pk", flat=True)]


def _due(today: _Round, learners: Sequence[Learner]) -> Mapping[UUID, list[Due]]:
    """What each is to be told; the same item in two jobs once, by its earlier date."""
    rows = list(
        today.due()
        .filter(employment__learner__in=learners)
        .order_by("due_on", "pk")
        .values_list("employment__learner_id", "plan_id", "item_key", "due_on")
    )
    items = items_by_key({row[1] for row in rows})
    found: dict[UUID, dict[tuple[UUID, UUID], Due]] = defaultdict(dict)
    for learner, plan, key, due_on in rows:
        item = items.get((plan, key))
        if item and due_on:
            found[learner].setdefault((plan, key), Due(item.title, due_on))
    return {learner: list(own.values()) for learner, own in found.items()}
