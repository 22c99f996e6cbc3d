"""By when: calendar days in Norway, counted from what happened and never moved by a clock."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from samtun.learning import tasks
from samtun.learning.actions import obligations
from samtun.learning.models import Employment, Obligation
from tests.factories import learning
from tests.learning.actions.test_obligations import TODAY, active, asks, days, employed

pytestmark = pytest.mark.django_db


def only() -> Obligation:
    return Obligation.objects.get()


def test_a_first_day_that_is_put_right_moves_the_date_along() -> None:
    plan = active()
    asks(plan)
    job = employed(joined_on=TODAY)
    obligations.follow(job, today=TODAY)
    Employment.objects.update(joined_on=TODAY + days(8))
    obligations.follow(job, today=TODAY + days(18))
    assert only().due_on == TODAY + days(38)


def test_a_plan_that_begins_later_gives_time_from_its_beginning() -> None:
    plan = active(starts_on=date(2026, 6, 1))
    asks(plan)
    employed()
    obligations.recompute(plan, today=TODAY)
    assert (only().due_on, only().why["due"]["after"]) == (date(2026, 7, 1), "plan")


def test_who_comes_long_before_a_fixed_date_has_that_date() -> None:
    plan = active()
    asks(plan, {"due_on": date(2026, 12, 31)})
    obligations.follow(employed(joined_on=TODAY), today=TODAY)
    assert (only().due_on, only().why["due"]["way"]) == (date(2026, 12, 31), "fixed")


def test_a_date_that_has_passed_when_the_plan_starts_gives_everybody_thirty_days() -> None:
    plan = active(activated_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    asks(plan, {"due_on": date(2026, 2, 1)})
    employed()
    obligations.recompute(plan, today=TODAY)
    assert only().due_on == TODAY + days(30)


@pytest.mark.parametrize(
    "midnight",
    [datetime(2026, 3, 1, 23, 30, tzinfo=UTC), datetime(2026, 6, 30, 22, 30, tzinfo=UTC),
     datetime(2026, 3, 28, 23, 30, tzinfo=UTC), datetime(2026, 10, 24, 22, 30, tzinfo=UTC)],
)  # fmt: skip
def test_a_plan_started_after_midnight_starts_on_that_day_in_norway(midnight: datetime) -> None:
    day = timezone.localdate(midnight)
    plan = active(activated_at=midnight)
    asks(plan, {"due_on": day + days(5)})
    employed()
    obligations.recompute(plan, today=day)
    assert only().due_on == day + days(5)


@pytest.mark.parametrize(
    ("now", "due_on"),
    [
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 3, 1, 22, 30, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 4, 28)),  # the clock goes forward
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 11, 24)),  # and has gone back
    ],
)
@pytest.mark.parametrize("by", ["follow", "recompute", "night"])
def test_today_is_the_day_in_norway(
    by: str, now: datetime, due_on: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: now)
    plan = active()
    asks(plan)
    job = employed()
    {
        "follow": lambda: obligations.follow(job),
        "recompute": lambda: obligations.recompute(plan),
        "night": lambda: tasks.tonight.call(),
    }[by]()
    assert only().due_on == due_on


def test_a_new_version_that_repeats_the_rule_gives_nobody_an_earlier_date() -> None:
    plan = active()
    item = asks(plan, {"due_on": date(2026, 2, 25)})
    came = date(2026, 2, 10)
    obligations.follow(employed(joined_on=came), today=came)
    plan.versions.update(status="superseded", digest="agreed")
    anew = datetime(2026, 2, 20, 9, tzinfo=UTC)
    again = learning.version(plan, number=2, activated_at=anew)
    made = learning.item(again, key=item.key, course=item.course)
    learning.rule(made, key=item.rules.get().key, due_on=date(2026, 2, 25))
    assert obligations.recompute(plan, today=date(2026, 2, 20)) == 0
    assert only().due_on == came + days(30)


def test_of_a_rule_with_a_date_and_one_without_the_date_counts() -> None:
    plan = active()
    learning.rule(asks(plan, {"due_days": None}), due_days=30, professions=["nurse"])
    employed()
    obligations.recompute(plan, today=TODAY)
    assert only().due_on == TODAY + days(30)


def test_what_has_no_date_is_to_be_done_some_time() -> None:
    plan = active()
    asks(plan, {"due_days": None})
    employed()
    obligations.recompute(plan, today=TODAY)
    assert (only().due_on, only().state, only().is_required) == (None, "open", True)
