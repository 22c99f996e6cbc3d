"""A reminder is written once, also when the worker is killed in the middle of a round."""

from datetime import timedelta

import pytest

from samtun.learning.actions import obligations
from samtun.learning.letters import reminding
from samtun.learning.letters.reminding import remind
from samtun.learning.models import Learner, Obligation, Reminder
from samtun.learning.queries.obligations import day_in_words
from samtun.mail import actions as mail
from samtun.mail.models import Letter
from tests.factories import learning
from tests.learning.letters.test_reminding import NOW, TODAY, Case, at, days, letters, told_after

pytestmark = pytest.mark.django_db


class KilledError(BaseException):
    """What stops a worker, and what no `except Exception` holds back."""


def killed_at(number: int, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """A round in batches of one that dies at the batch of that number, before or after posting."""
    whole, rounds = mail.post_all, iter(range(1, 99))

    def post(drafts: object) -> object:
        dies = next(rounds) == number
        if dies and where == "before":
            raise KilledError
        done = whole(drafts)  # type: ignore[arg-type]
        if dies:
            raise KilledError
        return done

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "BATCH", 1)
        patch.setattr(mail, "post_all", post)
        with pytest.raises(KilledError):
            remind(NOW)


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_worker_killed_between_loses_no_letter_and_writes_none_twice(
    number: int, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(days(3))
    for _ in range(2):
        learning.employment()
    obligations.recompute(case.plan)
    Obligation.objects.update(due_on=TODAY + days(3))
    killed_at(number, monkeypatch, where)
    assert Letter.objects.count() == Reminder.objects.count() == number - 1
    assert remind(NOW) == 4 - number
    assert sorted(one.to for one in letters()) == sorted(
        Learner.objects.values_list("email", flat=True)
    )
    assert Reminder.objects.count() == 3


def test_the_same_item_in_two_jobs_is_told_once_by_its_earlier_date() -> None:
    case = Case(days(3))
    other = learning.employment(learner=case.job.learner)
    obligations.follow(other)
    Obligation.objects.filter(employment=other).update(due_on=TODAY + days(9))
    remind(NOW)
    assert letters()[0].text.count("Å se de pårørende") == 1
    assert Reminder.objects.get().count == 1
    assert day_in_words(TODAY + days(3), "nb") in letters()[0].text
    assert day_in_words(TODAY + days(9), "nb") not in letters()[0].text


def test_who_is_reminded_of_one_job_is_not_reminded_of_the_other_the_same_week() -> None:
    case = Case(days(3))
    assert remind(NOW) == 1
    obligations.follow(learning.employment(learner=case.job.learner))
    Obligation.objects.update(due_on=TODAY + days(4))
    assert not any(told_after(count) for count in range(1, 7))
    assert told_after(7)


def test_nobody_is_reminded_of_what_was_done_in_a_cycle_before() -> None:
    case = Case(days(3), valid_months=12)
    done = learning.evidence(case.job.learner, course=case.item.course)
    obligations.follow(case.job)
    Obligation.objects.update(due_on=TODAY + days(3))
    assert Obligation.objects.get().evidence == done
    assert remind(NOW) == 0


def test_what_ended_is_history_and_no_letter() -> None:
    case = Case(days(3))
    Obligation.objects.update(ended_on=TODAY)  # a row of before, as another round has left it
    assert remind(NOW) == 0
    assert not Reminder.objects.filter(learner=case.job.learner).exists()


@pytest.mark.parametrize("hour", [21, 22, 23])
def test_a_round_after_midnight_is_the_next_day(hour: int) -> None:
    Case(days(14))
    evening = at(TODAY - days(1)).replace(hour=hour, minute=30)
    is_tomorrow = evening.astimezone(reminding.OSLO).date() == TODAY
    assert remind(evening) == is_tomorrow
    assert remind(evening + timedelta(days=1)) == (not is_tomorrow)
