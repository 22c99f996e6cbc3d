"""What the rules say for today, and by when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.learning.actions import obligations
from samtun.learning.models import Employment, Item, Obligation, Plan
from tests.factories import directory as make
from tests.factories import learning

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def active(**fields: object) -> Plan:
    """A plan that has been active since 1 January 2026."""
    began = datetime(2026, 1, 1, 9, tzinfo=UTC)
    defaults = {"starts_on": date(2026, 1, 1), "agreed_at": began, "activated_at": began}
    return learning.version(**defaults | fields).plan


def asks(plan: Plan, rule: dict[str, object] | None = None, **fields: object) -> Item:
    made = learning.item(plan.versions.get(), **fields)
    learning.rule(made, **rule or {})
    return made


def only() -> Obligation:
    return Obligation.objects.get()


def states() -> list[str]:
    return list(Obligation.objects.order_by("cycle").values_list("state", flat=True))


def employed(**fields: object) -> Employment:
    return learning.employment(**{"joined_on": date(2020, 1, 1)} | fields)


def test_everybody_the_plan_is_for_gets_it_with_its_why() -> None:
    plan = active()
    item = asks(plan)
    job = employed()
    learning.employment(make.organization(municipality=make.municipality("5001", "Trondheim")))
    assert obligations.recompute(plan, today=TODAY) == 1
    found = only()
    assert (found.employment, found.item_key, found.state) == (job, item.key, "open")
    assert found.why["due"] == {
        "way": "days", "days": 30, "after": "came", "from": "2026-03-02",
    }  # fmt: skip
    assert found.due_on == date(2026, 4, 1)


def test_a_rule_is_for_a_unit_with_all_under_it() -> None:
    home = make.organization(municipality=make.municipality())
    below = make.organization(parent_organization=home)
    plan = active()
    asks(plan, {"unit": home})
    job = employed(unit=below)
    employed(unit=make.organization(municipality=make.municipality()))
    obligations.recompute(plan, today=TODAY)
    assert only().employment == job
    assert only().why["unit_name"] == home.name


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ({"professions": ["doctor"]}, 0),
        ({"professions": ["doctor", "nurse"]}, 1),
        ({"leaders_only": True}, 0),
        ({"joined_from": date(2020, 1, 2)}, 0),
        ({"joined_from": date(2020, 1, 1)}, 1),
        ({"joined_until": date(2019, 12, 31)}, 0),
    ],
)
def test_a_rule_asks_for_profession_leaders_and_when_they_joined(
    rule: dict[str, object], count: int
) -> None:
    plan = active()
    asks(plan, rule)
    employed()
    obligations.recompute(plan, today=TODAY)
    assert Obligation.objects.count() == count


def test_several_rules_on_one_item_the_earliest_counts_and_tells_of_the_others() -> None:
    plan = active()
    item = asks(plan, {"due_days": 60})
    first = learning.rule(item, due_days=20, professions=["nurse"])
    employed()
    obligations.recompute(plan, today=TODAY)
    assert only().rule_key == first.key
    assert only().due_on == TODAY + days(20)
    assert [other["professions"] for other in only().why["also"]] == [[]]


def test_a_fixed_date_holds_for_those_who_were_there() -> None:
    plan = active()
    asks(plan, {"due_on": date(2026, 1, 20)})
    employed()
    obligations.recompute(plan, today=date(2026, 1, 1))
    assert only().due_on == date(2026, 1, 20)


def test_who_comes_after_a_fixed_date_gets_thirty_days() -> None:
    plan = active()
    asks(plan, {"due_on": date(2026, 3, 10)})
    obligations.follow(employed(joined_on=TODAY), today=TODAY)
    assert only().due_on == TODAY + days(30)
    assert only().why["due"]["way"] == "late"


def test_the_date_stays_when_nights_pass_and_when_moving_under_the_same_rule() -> None:
    plan = active()
    asks(plan)
    job = employed()
    obligations.recompute(plan, today=TODAY)
    obligations.tonight(TODAY + days(9))
    job.unit = make.organization(municipality=make.municipality())
    job.unit_since = TODAY + days(10)
    job.save()
    assert obligations.follow(job, today=TODAY + days(10)) == 0
    assert only().due_on == TODAY + days(30)


def test_who_has_done_it_before_has_done_it() -> None:
    plan = active()
    item = asks(plan)
    job = employed()
    done = learning.evidence(job.learner, course=item.course, done_on=date(2021, 5, 5))
    obligations.recompute(plan, today=TODAY)
    assert (only().state, only().evidence, only().done_on) == ("done", done, done.done_on)


def test_what_is_done_serves_both_jobs() -> None:
    plan = active()
    item = asks(plan)
    job = employed()
    employed(learner=job.learner)
    obligations.recompute(plan, today=TODAY)
    learning.evidence(job.learner, course=item.course)
    assert obligations.follow(job.learner, today=TODAY) == 2
    assert states() == ["done", "done"]


def test_evidence_of_another_is_not_mine() -> None:
    plan = active()
    item = asks(plan)
    employed()
    learning.evidence(learning.learner("Ola"), course=item.course)
    obligations.recompute(plan, today=TODAY)
    assert states() == ["open"]


def test_who_leaves_has_it_no_longer_and_what_is_done_stays() -> None:
    plan = active()
    asks(plan)
    done = asks_also(plan)
    job = employed()
    learning.evidence(job.learner, course=done.course)
    obligations.recompute(plan, today=TODAY)
    job.left_on = TODAY
    job.save()
    assert obligations.tonight(TODAY) == 0  # the last day
    obligations.tonight(TODAY + days(1))
    found = Obligation.objects.order_by("state").values_list("state", "ended_on")
    assert list(found) == [("done", TODAY + days(1)), ("ended", TODAY + days(1))]


def asks_also(plan: Plan) -> Item:
    return asks(plan)


def test_who_comes_back_has_the_same_one_with_new_time() -> None:
    plan = active()
    asks(plan)
    job = employed(left_on=TODAY)
    obligations.recompute(plan, today=TODAY)
    before = only().pk
    obligations.tonight(TODAY + days(1))
    Employment.objects.update(left_on=None)
    obligations.follow(job, today=TODAY + days(100))
    assert (only().pk, only().state, only().ended_on) == (before, "open", None)
    assert only().due_on == TODAY + days(130)


def test_an_offer_has_no_date() -> None:
    plan = active()
    asks(plan, is_required=False)
    employed()
    obligations.recompute(plan, today=TODAY)
    assert (only().due_on, only().is_required) == (None, False)


def test_a_version_that_is_replaced_without_the_item_ends_it() -> None:
    plan = active()
    asks(plan)
    employed()
    obligations.recompute(plan, today=TODAY)
    plan.versions.update(status="superseded", digest="agreed")
    learning.version(plan, number=2)
    obligations.recompute(plan, today=TODAY)
    assert states() == ["ended"]


def test_an_archived_plan_asks_nothing() -> None:
    plan = active()
    asks(plan)
    employed()
    obligations.recompute(plan, today=TODAY)
    Plan.objects.update(archived_at=timezone.now())
    obligations.tonight(TODAY)
    assert states() == ["ended"]


def test_a_new_version_with_the_same_rule_moves_no_date() -> None:
    plan = active()
    item = asks(plan)
    employed()
    obligations.recompute(plan, today=TODAY)
    plan.versions.update(status="superseded", digest="agreed")
    again = learning.item(learning.version(plan, number=2), key=item.key, course=item.course)
    learning.rule(again, key=item.rules.get().key)
    assert obligations.recompute(plan, today=TODAY + days(20)) == 0


def test_a_rule_with_a_new_date_counts_from_the_day_it_holds() -> None:
    plan = active()
    item = asks(plan, {"due_days": 365})
    employed()
    obligations.recompute(plan, today=TODAY)
    plan.versions.update(status="superseded", digest="agreed")
    again = learning.item(learning.version(plan, number=2), key=item.key, course=item.course)
    learning.rule(again, key=item.rules.get().key, due_days=30)
    obligations.recompute(plan, today=TODAY + days(200))
    assert only().due_on == TODAY + days(230)


def test_a_plan_of_a_region_is_for_its_municipalities() -> None:
    etnedal = make.municipality("3450", "Etnedal")
    region = make.region("valdres", make.municipality(), etnedal)
    plan = active(of=learning.plan(region=region))
    asks(plan)
    job = employed(unit=make.organization(municipality=etnedal))
    assert obligations.follow(job, today=TODAY) == 1


def test_as_many_questions_for_thirty_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = active()
    asks(plan)
    unit = make.organization(municipality=make.municipality())
    for count in (1, 30):
        for _ in range(count):
            employed(unit=unit)
        with django_assert_num_queries(22):
            obligations.recompute(plan, today=TODAY)


def test_a_rule_whose_unit_is_not_chosen_yet_asks_nobody() -> None:
    plan = active()
    asks(plan, {"unit_to_choose": "Hjemmetjenesten"})
    employed()
    assert obligations.recompute(plan, today=TODAY) == 0


def test_nothing_is_asked_before_the_first_day() -> None:
    plan = active()
    asks(plan)
    job = employed(joined_on=TODAY + days(3))
    assert obligations.follow(job, today=TODAY) == 0
    obligations.tonight(TODAY + days(3))
    assert only().due_on == TODAY + days(33)
    assert only().why["due"]["after"] == "joined"


def test_a_learner_without_jobs_has_nothing_to_do() -> None:
    plan = active()
    asks(plan)
    assert obligations.follow(learning.learner(), today=TODAY) == 0
