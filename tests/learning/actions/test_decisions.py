"""Exempt, more time, earlier learning, and what is done without a course."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samtun.learning.actions import decisions, obligations
from samtun.learning.models import Employment, Evidence, Item, Obligation
from samtun.people.models import AuditEvent, User
from tests.factories import learning, people

pytestmark = pytest.mark.django_db


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


class Case:
    """Somebody with one thing to do, within thirty days."""

    def __init__(self, **fields: object) -> None:
        version = learning.version()
        self.item: Item = learning.item(version, **fields)
        learning.rule(self.item)
        self.job: Employment = learning.employment()
        self.by: User = people.person()
        self.about = {"employment": self.job, "plan": version.plan, "item_key": self.item.key}
        obligations.recompute(version.plan)

    def now(self) -> tuple[str, date | None]:
        found = Obligation.objects.get(ended_on__isnull=True)
        return found.state, found.due_on


def test_who_is_exempt_has_it_again_afterwards_with_time() -> None:
    case = Case()
    decisions.exempt(**case.about, reason="I permisjon", until=days(40), by=case.by)
    assert case.now()[0] == "exempt"
    obligations.tonight(days(40))
    assert case.now()[0] == "exempt"
    obligations.tonight(days(41))
    assert case.now() == ("open", days(70))


def test_more_time_moves_the_date_and_never_back() -> None:
    case = Case()
    decisions.extend(**case.about, reason="Mye vikarbruk", until=days(60), by=case.by)
    assert case.now() == ("open", days(60))
    decisions.extend(**case.about, reason="Feil dato", until=days(3), by=case.by)
    assert case.now() == ("open", days(30))


def test_what_was_learnt_elsewhere_counts_until_it_is_withdrawn() -> None:
    case = Case()
    made = decisions.count_equivalent(
        **case.about, reason="Samme kurs i Ringebu", done_on=days(-90), by=case.by
    )
    assert case.now()[0] == "done"
    decisions.withdraw(decision=made, by=case.by)
    assert case.now() == ("open", days(30))
    assert Evidence.objects.count() == 1  # it was said, and that stays


def test_withdrawing_does_not_take_what_is_done_oneself() -> None:
    case = Case()
    made = decisions.count_equivalent(
        **case.about, reason="Samme kurs i Ringebu", done_on=days(-90), by=case.by
    )
    learning.evidence(case.job.learner, course=case.item.course)
    decisions.withdraw(decision=made, by=case.by)
    assert case.now()[0] == "done"


def test_earlier_learning_counts_for_this_plan_alone() -> None:
    case = Case()
    other = learning.version()
    learning.rule(learning.item(other, course=case.item.course))
    obligations.recompute(other.plan)
    decisions.count_equivalent(**case.about, reason="Samme", done_on=days(-9), by=case.by)
    assert Obligation.objects.get(plan=other.plan).state == "open"


@pytest.mark.parametrize("kind", ["event", "activity", "reading"])
def test_what_is_no_course_is_marked_done_once_a_day(kind: str) -> None:
    case = Case(kind=kind)
    for _ in range(2):
        decisions.mark_done(**case.about, done_on=days(-1), by=case.by)
    assert case.now()[0] == "done"
    assert Evidence.objects.get().made_by == case.by


def test_a_course_is_not_marked_done_by_others() -> None:
    case = Case()
    with pytest.raises(decisions.DoneInACourseError):
        decisions.mark_done(**case.about, done_on=days(0), by=case.by)


def test_nothing_is_done_tomorrow() -> None:
    case = Case(kind="activity")
    with pytest.raises(decisions.NotYetError):
        decisions.mark_done(**case.about, done_on=days(1), by=case.by)


def test_a_decision_says_why() -> None:
    case = Case()
    with pytest.raises(decisions.NoReasonError):
        decisions.exempt(**case.about, reason="  ", by=case.by)


def test_a_decision_is_about_an_item_of_the_plan() -> None:
    case = Case()
    with pytest.raises(decisions.NotInThePlanError):
        decisions.exempt(**case.about | {"item_key": case.job.pk}, reason="Nei", by=case.by)


def test_a_decision_is_in_the_trail_without_its_reason() -> None:
    case = Case()
    made = decisions.exempt(**case.about, reason="I permisjon", by=case.by)
    decisions.withdraw(decision=made, by=case.by)
    decisions.withdraw(decision=made, by=case.by)
    told = AuditEvent.objects.order_by("pk")
    assert [one.action for one in told] == ["decision.exempt", "decision.withdrawn"]
    assert "permisjon" not in str([one.details for one in told])


def test_what_is_done_stays_done_for_the_exempt() -> None:
    case = Case()
    learning.evidence(case.job.learner, course=case.item.course)
    decisions.exempt(**case.about, reason="I permisjon", by=case.by)
    assert case.now()[0] == "done"


@pytest.mark.parametrize("is_tied", [True, False])
def test_nobody_decides_for_themselves(*, is_tied: bool) -> None:
    case = Case(kind="activity")
    learner = case.job.learner
    if is_tied:
        learner.user = case.by
    else:  # an account that has not said yes to the job yet
        learner.email = case.by.email.upper()
    learner.save()
    about = case.about | {"by": case.by}
    with pytest.raises(decisions.OwnCaseError):
        decisions.exempt(**about, reason="Har det travelt")
    with pytest.raises(decisions.OwnCaseError):
        decisions.extend(**about, reason="Har det travelt", until=days(400))
    with pytest.raises(decisions.OwnCaseError):
        decisions.count_equivalent(**about, reason="Kan det", done_on=days(-1))
    with pytest.raises(decisions.OwnCaseError):
        decisions.mark_done(**about, done_on=days(-1))
    assert case.now()[0] == "open"
    above = people.person("Leiaren over")
    decisions.exempt(**case.about, reason="I permisjon", by=above)
    assert case.now()[0] == "exempt"
