"""A decision is about one job, one item and one plan, and about nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samtun.learning.actions import decisions, obligations
from samtun.learning.models import Decision, Employment, Item, Obligation
from samtun.learning.queries.obligations import why_in_words
from tests.factories import learning

pytestmark = pytest.mark.django_db


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


class Case:
    """Somebody with two jobs, and a plan with two items."""

    def __init__(self) -> None:
        self.version = learning.version()
        self.items: list[Item] = [learning.item(self.version) for _ in range(2)]
        for item in self.items:
            learning.rule(item)
        eli = learning.learner()
        self.jobs: list[Employment] = [learning.employment(learner=eli) for _ in range(2)]
        obligations.recompute(self.version.plan)

    def about(self, job: int = 0, item: int = 0) -> dict[str, object]:
        return {
            "employment": self.jobs[job], "plan": self.version.plan,
            "item_key": self.items[item].key, "reason": "Vikar", "by": None,
        }  # fmt: skip

    def row(self, job: int, item: int) -> Obligation:
        in_force = Obligation.objects.filter(ended_on__isnull=True)
        return in_force.get(employment=self.jobs[job], item_key=self.items[item].key)

    def states(self) -> list[str]:
        """Of the first job's items, then the second's."""
        return [self.row(job, item).state for job in (0, 1) for item in (0, 1)]


def test_an_exemption_in_one_job_is_none_in_the_other_nor_from_another_item() -> None:
    case = Case()
    decisions.exempt(**case.about())
    assert case.states() == ["exempt", "open", "open", "open"]


def test_more_time_in_one_job_is_none_in_the_other_nor_for_another_item() -> None:
    case = Case()
    decisions.extend(**case.about(), until=days(90))
    dues = [case.row(job, item).due_on for job in (0, 1) for item in (0, 1)]
    assert dues == [days(90), days(30), days(30), days(30)]
    assert "There is more time, until" in why_in_words(case.row(0, 0), "en")


def test_what_was_learnt_elsewhere_counts_in_both_jobs_and_for_that_item_only() -> None:
    case = Case()
    decisions.count_equivalent(**case.about(), done_on=days(-9))
    assert case.states() == ["done", "open", "done", "open"]


def test_a_decision_in_one_plan_is_none_in_another_with_the_same_course() -> None:
    case = Case()
    other = learning.version()
    item = learning.item(other, key=case.items[0].key, course=case.items[0].course)
    learning.rule(item)
    obligations.recompute(other.plan)
    decisions.exempt(**case.about())
    assert set(other.plan.obligations.values_list("state", flat=True)) == {"open"}


def test_a_new_decision_takes_the_place_of_its_own_kind_only() -> None:
    case = Case()
    decisions.exempt(**case.about(), until=days(3))
    decisions.exempt(**case.about(item=1))
    decisions.exempt(**case.about(job=1))
    decisions.extend(**case.about(), until=days(90))
    decisions.exempt(**case.about(), until=days(5))
    standing = Decision.objects.filter(withdrawn_at__isnull=True)
    assert standing.count() == 4
    assert standing.get(employment=case.jobs[0], item_key=case.items[0].key, kind="exempt").until
    assert case.states() == ["exempt", "exempt", "exempt", "open"]


def test_withdrawing_one_leaves_the_others() -> None:
    case = Case()
    made = decisions.exempt(**case.about())
    decisions.exempt(**case.about(item=1))
    decisions.withdraw(decision=made, by=None)
    assert case.states() == ["open", "exempt", "open", "open"]


def test_an_exemption_for_good_has_no_last_day() -> None:
    case = Case()
    decisions.exempt(**case.about())
    obligations.tonight(days(2000))
    assert case.row(0, 0).state == "exempt"


def test_an_exemption_that_is_withdrawn_asks_again_and_one_given_anew_exempts_again() -> None:
    case = Case()
    made = decisions.exempt(**case.about(), until=days(90))
    decisions.withdraw(decision=made, by=None)
    assert (case.row(0, 0).state, case.row(0, 0).due_on) == ("open", days(30))
    decisions.exempt(**case.about(), until=days(90))
    assert case.row(0, 0).state == "exempt"


def test_more_time_that_is_withdrawn_gives_the_first_date_back() -> None:
    case = Case()
    made = decisions.extend(**case.about(), until=days(90))
    decisions.withdraw(decision=made, by=None)
    assert case.row(0, 0).due_on == days(30)


def test_who_was_exempt_for_a_while_is_told_that_the_date_is_after_it() -> None:
    case = Case()
    decisions.exempt(**case.about(), until=days(60))
    obligations.tonight(days(61))
    assert "There was an exemption for a while." in why_in_words(case.row(0, 0), "en")


def test_earlier_learning_said_twice_counts_until_both_are_withdrawn() -> None:
    case = Case()
    made = [decisions.count_equivalent(**case.about(job), done_on=days(-9)) for job in (0, 1)]
    decisions.withdraw(decision=made[0], by=None)
    assert case.states() == ["done", "open", "done", "open"]
    decisions.withdraw(decision=made[1], by=None)
    assert case.states() == ["open"] * 4


def test_earlier_learning_that_is_no_course_counts_until_it_is_withdrawn_too() -> None:
    case = Case()
    fair = learning.item(case.version, kind="activity")
    learning.rule(fair)
    case.items[0] = fair
    made = decisions.count_equivalent(**case.about(), done_on=days(-9))
    assert case.row(0, 0).state == "done"
    decisions.withdraw(decision=made, by=None)
    assert case.row(0, 0).state == "open"
