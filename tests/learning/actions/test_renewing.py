"""What runs out is asked for again, in good time and once; what was done stays done."""

from datetime import date, timedelta

import pytest

from samtun.learning.actions import obligations
from samtun.learning.models import Course, Employment, Item, Obligation, Plan
from samtun.learning.queries.obligations import to_do
from tests.factories import learning
from tests.learning.actions.test_obligations import active, asks, employed

pytestmark = pytest.mark.django_db


class Renewing:
    """Somebody with a course to do, and to do again as the fields say."""

    def __init__(self, **fields: object) -> None:
        self.plan: Plan = active()
        defaults = {"valid_months": 12, "renew_days": 60}
        self.item: Item = asks(self.plan, **defaults | fields)
        self.job: Employment = employed()

    def did(self, day: date, *, today: date | None = None, **fields: object) -> None:
        course = fields.pop("course", self.item.course)
        learning.evidence(self.job.learner, course=course, done_on=day, **fields)
        obligations.follow(self.job, today=today or day)

    def agree_anew(self, today: date, **fields: object) -> None:
        """A version with the same item and rule, and what the fields say."""
        rule = self.item.rules.get()
        self.plan.versions.update(status="superseded", digest="agreed")
        version = learning.version(self.plan, number=self.plan.versions.count() + 1)
        same = {"key": self.item.key, "course": self.item.course, "renew_days": 60}
        made = learning.item(version, **same | fields)
        learning.rule(made, key=rule.key, due_days=rule.due_days)
        obligations.recompute(self.plan, today=today)

    def standing(self) -> list[tuple[str, date | None, bool]]:
        """State and day of each cycle, and whether it is in force."""
        rows = Obligation.objects.order_by("cycle")
        return [(row.state, row.done_on, row.ended_on is None) for row in rows]

    def now(self) -> Obligation:
        return Obligation.objects.get(ended_on__isnull=True)


@pytest.mark.parametrize(
    ("done", "months", "until"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 11, 30), 15, date(2027, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2025, 12, 31), 120, date(2035, 12, 31)),
    ],
)
def test_it_counts_for_so_many_months_to_the_day(done: date, months: int, until: date) -> None:
    case = Renewing(valid_months=months)
    case.did(done)
    assert (case.now().state, case.now().valid_until) == ("done", until)


def test_the_window_opens_so_many_days_before_it_runs_out_and_not_earlier() -> None:
    case, before = Renewing(), date(2025, 3, 2)
    case.did(before)
    obligations.tonight(date(2025, 12, 31))
    assert case.standing() == [("done", before, True)]
    obligations.tonight(date(2026, 1, 1))
    assert case.standing() == [("done", before, False), ("open", None, True)]
    assert case.now().due_on == date(2026, 3, 2), "when it runs out, not as the rule says"
    assert case.now().why["due"]["way"] == "renewal"


def test_what_counts_for_a_short_time_is_not_asked_for_before_half_of_it() -> None:
    case, before = Renewing(valid_months=2), date(2026, 1, 1)
    case.did(before)
    obligations.tonight(date(2026, 1, 29))
    assert case.standing() == [("done", before, True)]
    obligations.tonight(date(2026, 1, 30))
    assert case.now().state == "open"


def test_renewed_in_the_window_both_times_are_history_and_nobody_is_reminded() -> None:
    case = Renewing()
    case.did(date(2025, 3, 2))
    obligations.tonight(date(2026, 1, 10))
    assert to_do(date(2026, 1, 10)).exists()
    case.did(date(2026, 1, 20))
    assert case.standing() == [
        ("done", date(2025, 3, 2), False), ("done", date(2026, 1, 20), True),
    ]  # fmt: skip
    assert case.now().valid_until == date(2027, 1, 20)
    assert not to_do(date(2026, 3, 10)).exists()


def test_done_again_long_before_it_counts_from_then_and_only_that_is_in_force() -> None:
    case = Renewing()
    case.did(date(2025, 3, 2))
    case.did(date(2025, 9, 1))
    assert case.standing() == [
        ("done", date(2025, 3, 2), False), ("done", date(2025, 9, 1), True),
    ]  # fmt: skip
    obligations.tonight(date(2026, 3, 3))
    assert case.now().state == "done"


def test_of_all_that_was_done_before_the_plan_the_latest_counts() -> None:
    case = Renewing()
    for day in (date(2026, 2, 1), date(2025, 4, 1)):
        learning.evidence(case.job.learner, course=case.item.course, done_on=day)
    obligations.recompute(case.plan, today=date(2026, 3, 2))
    assert case.standing() == [("done", date(2026, 2, 1), True)]


def test_what_had_run_out_before_the_rule_came_is_due_as_the_rule_says() -> None:
    case = Renewing()
    case.did(date(2024, 1, 1), today=date(2026, 3, 2))
    assert (case.now().state, case.now().due_on) == ("open", date(2026, 4, 1))


def test_nights_that_were_missed_give_no_more_time() -> None:
    case = Renewing(renew_days=5)
    case.did(date(2025, 3, 10))
    case.item.rules.update(due_days=40)
    obligations.recompute(case.plan, today=date(2026, 2, 1))
    obligations.tonight(date(2026, 3, 20))
    assert case.now().due_on == date(2026, 3, 10)


def test_a_plan_that_lets_it_count_longer_asks_for_it_later() -> None:
    case = Renewing()
    case.did(date(2025, 3, 2))
    obligations.tonight(date(2026, 1, 10))
    case.agree_anew(date(2026, 1, 11), valid_months=24)
    assert case.standing() == [("done", date(2025, 3, 2), True), ("ended", None, False)]
    assert case.now().valid_until == date(2027, 3, 2)
    case.agree_anew(date(2026, 1, 12), valid_months=36)
    assert case.now().valid_until == date(2028, 3, 2)


def test_done_stays_done_by_what_it_was_when_the_plan_puts_another_course_in_its_place() -> None:
    case, other = Renewing(valid_months=None), learning.course()
    case.did(date(2026, 2, 1))
    case.agree_anew(date(2026, 2, 10), course=other)
    assert case.standing() == [("done", date(2026, 2, 1), True)]
    case.did(date(2026, 2, 20), course=other)
    assert case.standing() == [("done", date(2026, 2, 1), True)]


def test_an_older_course_brought_along_does_not_shorten_what_counts() -> None:
    case, other = Renewing(), learning.course()
    case.did(date(2026, 2, 1))
    case.agree_anew(date(2026, 2, 10), course=other, valid_months=12)
    case.did(date(2025, 6, 1), course=other, today=date(2026, 2, 11))
    assert case.standing() == [("done", date(2026, 2, 1), True)]


def revise(course: Course | None, edition: int) -> None:
    assert course
    Course.objects.filter(pk=course.pk).update(edition=edition)


def test_a_revision_gives_nothing_back() -> None:
    case = Renewing(valid_months=None)
    case.did(date(2026, 2, 1))
    revise(case.item.course, 2)
    obligations.tonight(date(2026, 3, 2))
    assert case.standing() == [("done", date(2026, 2, 1), True)]


def test_a_plan_that_follows_revisions_asks_again_with_time_and_keeps_what_was_done() -> None:
    case, today = Renewing(valid_months=None, follows_revisions=True), date(2026, 3, 2)
    case.did(date(2026, 2, 1))
    revise(case.item.course, 2)
    obligations.tonight(today)
    obligations.tonight(today + timedelta(days=9))
    assert case.standing() == [("done", date(2026, 2, 1), False), ("open", None, True)]
    assert case.now().due_on == today + timedelta(days=60)
    assert case.now().why["due"]["way"] == "revision"


def test_who_has_done_the_new_edition_and_then_reads_the_older_has_done_the_new() -> None:
    case = Renewing(valid_months=None, follows_revisions=True)
    revise(case.item.course, 2)
    case.did(date(2026, 2, 1), edition=2)
    case.did(date(2026, 2, 10), edition=1)
    assert case.standing() == [("done", date(2026, 2, 1), True)]
