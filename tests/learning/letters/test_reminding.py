"""Reminders: one gathered letter, at most weekly, and never of what is no longer to be done."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from samtun.learning.actions import decisions, obligations
from samtun.learning.letters import reminding
from samtun.learning.letters.reminding import remind
from samtun.learning.models import Employment, Item, Obligation, Plan, Reminder
from samtun.mail import actions as mail
from samtun.mail.enums import LetterState
from samtun.mail.models import Letter
from tests.factories import learning

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(hour=7)
TODAY = NOW.astimezone(reminding.OSLO).date()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def days(count: int) -> timedelta:
    return timedelta(days=count)


class Case:
    """An employee with one thing to do on a day."""

    def __init__(self, due: timedelta, **fields: object) -> None:
        self.version = learning.version()
        self.item: Item = learning.item(self.version, title="Å se de pårørende", **fields)
        learning.rule(self.item, due_days=30)
        self.job: Employment = learning.employment(learner=learning.learner("Eli"))
        obligations.recompute(self.version.plan)
        Obligation.objects.update(due_on=TODAY + due)

    @property
    def plan(self) -> Plan:
        return self.version.plan


def letters() -> list[Letter]:
    found = Letter.objects.filter(purpose="learning.reminder", state=LetterState.WAITING)
    return list(found.order_by("posted_at"))


@pytest.mark.parametrize(("due", "count"), [(15, 0), (14, 1), (0, 1), (-1, 1), (-370, 0)])
def test_the_first_letter_comes_fourteen_days_before(due: int, count: int) -> None:
    Case(days(due))
    assert remind(NOW) == count
    assert len(letters()) == count


def test_a_letter_says_what_is_due_and_where_to_go_and_nothing_more() -> None:
    Case(days(3))
    remind(NOW)
    letter = letters()[0]
    assert "Å se de pårørende" in letter.text
    assert "/kurs/mitt/" in letter.text
    assert letter.subject == "Opplæringen din: 1 ting med frist"
    assert "pårørende" not in letter.subject


def test_all_jobs_and_plans_are_gathered_in_one_letter() -> None:
    case = Case(days(3))
    other = learning.version(learning.plan(municipality=case.plan.municipality))
    learning.rule(learning.item(other, title="Samtykke"), due_days=5)
    learning.employment(learner=case.job.learner)
    obligations.follow(case.job.learner)
    Obligation.objects.update(due_on=TODAY + days(3))
    assert remind(NOW) == 1
    assert letters()[0].text.count("Å se de pårørende") == 1
    assert "Samtykke" in letters()[0].text


def told_after(days_after: int) -> bool:
    return remind(at(TODAY + days(days_after))) == 1


def test_at_most_weekly_also_when_there_is_something_new() -> None:
    case = Case(days(3))
    remind(NOW)
    learning.rule(learning.item(case.version), due_days=1)
    obligations.recompute(case.plan)
    assert [told_after(count) for count in (0, 1, 6, 7, 8, 14)] == [
        False, False, False, True, False, True,
    ]  # fmt: skip


def test_seldom_when_the_date_is_long_gone() -> None:
    Case(days(-57))
    remind(NOW)
    assert [told_after(count) for count in (7, 14, 27, 28)] == [False, False, False, True]


def finish(case: Case) -> None:
    learning.evidence(case.job.learner, course=case.item.course)
    obligations.follow(case.job)


def exempt(case: Case) -> None:
    decisions.exempt(
        employment=case.job, plan=case.plan, item_key=case.item.key, reason="Permisjon", by=None
    )


def leave(case: Case) -> None:
    Employment.objects.update(left_on=TODAY - days(1))  # and nobody has worked it out


def begin_tomorrow(case: Case) -> None:
    Employment.objects.update(joined_on=TODAY + days(1))


def archive(case: Case) -> None:
    Plan.objects.update(archived_at=timezone.now())


def give_up_address(case: Case) -> None:
    case.job.learner.email = ""
    case.job.learner.save()


def bounce(case: Case) -> None:
    mail.mark_bounced(address=case.job.learner.email, answer="5.1.1")


REASONS = [finish, exempt, leave, begin_tomorrow, archive, give_up_address, bounce]


@pytest.mark.parametrize("happens", REASONS)
def test_nobody_is_reminded_of_what_is_no_longer_to_be_done(
    happens: Callable[[Case], None],
) -> None:
    case = Case(days(3))
    happens(case)
    Obligation.objects.update(due_on=TODAY + days(3))  # it may not be its date that keeps us silent
    assert remind(NOW) == 0
    assert not Letter.objects.exists()
    assert not Reminder.objects.exists()


def test_the_last_day_is_still_a_day_at_work() -> None:
    Case(days(3))
    Employment.objects.update(left_on=TODAY)
    assert remind(NOW) == 1


def test_the_day_is_the_one_in_norway() -> None:
    Case(days(14))
    assert remind(at(TODAY - days(1)).replace(hour=23, minute=30)) == 1


def test_nobody_is_reminded_of_an_offer() -> None:
    Case(days(3), is_required=False)
    assert remind(NOW) == 0


def test_a_letter_that_still_waits_is_taken_back_when_it_is_done() -> None:
    case = Case(days(3))
    remind(NOW)
    finish(case)
    assert letters() == []
    assert not Reminder.objects.exists()


def test_a_batch_is_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    Case(days(3))
    with monkeypatch.context() as patch:
        patch.setattr(Reminder.objects, "bulk_create", lambda _rows: 1 / 0)
        assert remind(NOW) == 0
    assert letters() == []
    assert remind(NOW) == 1


def test_one_that_cannot_be_written_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(days(3))
    bad = learning.employment(learner=learning.learner("Uskrivelig"))
    obligations.follow(bad)
    Obligation.objects.update(due_on=TODAY)
    whole = reminding.draft_of

    def draft(learner: object, *rest: object, **more: object) -> object:
        if str(learner) == "Uskrivelig":
            raise ValueError(learner)
        return whole(learner, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(reminding, "draft_of", draft)
    assert remind(NOW) == 1
    assert letters()[0].to == case.job.learner.email


def test_as_many_questions_for_thirty_as_for_one(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    case = Case(days(3))
    for _ in range(30):
        learning.employment()
    obligations.recompute(case.plan)
    Obligation.objects.update(due_on=TODAY)
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        assert remind(NOW) == 31


only_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="has one writer")


def by_somebody_else(work: Callable[[], int]) -> int:
    try:
        return work()
    finally:
        connections.close_all()


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_write_each_letter_once() -> None:
    case = Case(days(3))
    for _ in range(40):
        learning.employment()
    obligations.recompute(case.plan)
    Obligation.objects.update(due_on=TODAY)
    with ThreadPoolExecutor(3) as pool:
        works = [pool.submit(by_somebody_else, lambda: remind(NOW)) for _ in range(3)]
        assert sum(work.result(30) for work in works) == 41
    assert Letter.objects.values("to").distinct().count() == Letter.objects.count() == 41


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_who_finishes_while_the_letter_is_written_gets_none() -> None:
    case = Case(days(3))

    def done() -> int:
        finish(case)
        return 0

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            remind(NOW)
            begun = pool.submit(by_somebody_else, done)
            time.sleep(0.3)
            assert not begun.done()
        begun.result(20)
    assert letters() == []
