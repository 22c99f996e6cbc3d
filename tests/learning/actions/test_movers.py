"""People move, join and leave, and so do units: each has what the rules say where they are."""

from datetime import date
from typing import Any

import pytest

from samtun.learning.actions import employees, obligations
from samtun.learning.actions.obligations import reading
from samtun.learning.models import Employment, Obligation
from samtun.learning.queries.obligations import to_do
from samtun.organisations.models import Organization
from tests.factories import directory as make
from tests.factories import learning
from tests.learning.actions.test_obligations import TODAY, active, asks, days, employed

pytestmark = pytest.mark.django_db


def states_of(job: Employment) -> list[str]:
    found = Obligation.objects.filter(employment=job).order_by("opened_on", "state")
    return list(found.values_list("state", flat=True))


def vang() -> Organization:
    return make.organization(municipality=make.municipality("3454", "Vang"))


def test_who_moves_to_another_municipality_leaves_its_plan_and_comes_under_the_other() -> None:
    plan, there = active(), vang()
    asks(plan)
    other = active(of=learning.plan(municipality=there.municipality))
    asks(other)
    job = employed()
    obligations.recompute(plan, today=TODAY)
    job.unit, job.unit_since = there, TODAY + days(5)
    job.save()
    obligations.follow(job, today=TODAY + days(5))
    assert Obligation.objects.get(plan=plan).state == "ended"
    found = Obligation.objects.get(plan=other)
    assert (found.state, found.due_on) == ("open", TODAY + days(35))


def test_a_plan_finds_out_by_itself_whom_it_is_no_longer_for() -> None:
    plan = active()
    unit = make.organization(municipality=plan.municipality)
    asks(plan, {"unit": unit})
    job = employed(unit=unit)
    obligations.recompute(plan, today=TODAY)
    Employment.objects.update(unit=vang())  # and nobody has followed it
    obligations.tonight(TODAY + days(1))
    assert states_of(job) == ["ended"]


def test_a_unit_that_is_moved_under_another_takes_its_people_along() -> None:
    plan = active()
    health, school = (make.organization(municipality=plan.municipality) for _ in range(2))
    ward = make.organization(parent_organization=health, municipality=plan.municipality)
    asks(plan, {"unit": health})
    at_school = asks(plan, {"unit": school})
    job = employed(unit=ward)
    obligations.recompute(plan, today=TODAY)
    ward.parent_organization = school
    ward.save()
    obligations.tonight(TODAY + days(1))
    assert states_of(job) == ["ended", "open"]
    assert to_do(TODAY + days(1)).get().item_key == at_school.key


def test_a_unit_lies_where_the_nearest_above_it_does() -> None:
    plan = active()
    asks(plan)
    here = make.organization(municipality=plan.municipality, parent_organization=vang())
    job = employed(unit=make.organization(parent_organization=here, municipality=None))
    obligations.recompute(plan, today=TODAY)
    assert states_of(job) == ["open"]


def test_a_plan_of_a_region_is_for_what_the_region_keeps_itself_and_no_other() -> None:
    region, other = make.region("valdres"), make.region("hallingdal")
    plan = active(of=learning.plan(region=region))
    asks(plan)
    jobs = [
        employed(unit=make.organization(region=where, municipality=None))
        for where in (region, other)
    ]
    for job in jobs:
        obligations.follow(job, today=TODAY)
    assert [states_of(job) for job in jobs] == [["open"], []]


def test_a_new_profession_ends_what_was_for_the_old_and_brings_what_is_for_the_new() -> None:
    plan = active()
    asks(plan, {"professions": ["nurse"]})
    asks(plan, {"professions": ["teacher"]})
    job = employed()
    obligations.recompute(plan, today=TODAY)
    employees.change(employment=job, profession="teacher", by=None)
    assert states_of(job) == ["ended", "open"]


def test_who_leaves_one_of_two_jobs_has_what_the_other_asks() -> None:
    plan = active()
    asks(plan)
    job = employed()
    other = employed(learner=job.learner)
    obligations.recompute(plan, today=TODAY)
    employees.leave(employment=job, left_on=TODAY, by=None)
    obligations.tonight(TODAY + days(1))
    assert (states_of(job), states_of(other)) == (["ended"], ["open"])
    assert to_do(TODAY + days(1)).get().employment == other


@pytest.mark.parametrize("rule", [{"joined_until": date(2020, 1, 1)}, {"leaders_only": True}])
def test_the_last_day_of_joining_and_leaders_are_asked(rule: dict[str, Any]) -> None:
    plan = active()
    asks(plan, rule)
    job = employed(is_leader=True)
    obligations.recompute(plan, today=TODAY)
    assert states_of(job) == ["open"]


def test_a_template_asks_nobody() -> None:
    plan = active(of=learning.plan(is_template=True, municipality=make.municipality()))
    asks(plan)
    employed()
    assert obligations.recompute(plan, today=TODAY) == 0


def test_a_plan_that_cannot_be_worked_out_keeps_nobody_else_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plans = [active() for _ in range(2)]
    for plan in plans:
        asks(plan)
    employed()
    whole, bad = reading.plans_asked, min(plan.pk for plan in plans)

    def read(keys: Any) -> Any:  # noqa: ANN401
        if bad in keys:
            raise ValueError("Eli Ansatt")
        return whole(keys)

    monkeypatch.setattr(reading, "plans_asked", read)
    assert obligations.tonight(TODAY) == 1
    assert Obligation.objects.get().plan_id != bad
    assert "Eli" not in caplog.text


def test_who_was_hired_changed_or_left_by_the_list_is_worked_out_at_once() -> None:
    plan = active()
    asks(plan)
    unit = make.organization(municipality=plan.municipality)
    job = employees.hire(employer=unit, unit=unit, name="Eli", by=None)
    assert states_of(job) == ["open"]
    employees.leave(employment=job, left_on=job.joined_on - days(1), by=None)
    assert states_of(job) == ["ended"]
    employees.resume(employment=job, by=None)
    assert states_of(job) == ["open"]


def test_what_is_done_in_a_job_that_is_left_is_done_in_the_next() -> None:
    plan = active()
    item = asks(plan)
    job = employed()
    learning.evidence(job.learner, course=item.course, done_on=TODAY)
    obligations.follow(job, today=TODAY)
    Employment.objects.update(left_on=TODAY)
    obligations.tonight(TODAY + days(1))
    again = employed(learner=job.learner, joined_on=TODAY + days(40))
    obligations.follow(again, today=TODAY + days(40))
    assert (states_of(job), states_of(again)) == (["done"], ["done"])


def test_what_a_colleague_has_done_is_not_mine() -> None:
    plan = active()
    item = asks(plan)
    unit = make.organization(municipality=plan.municipality)
    eli, ola = employed(unit=unit), employed(unit=unit)
    learning.evidence(ola.learner, course=item.course)
    obligations.recompute(plan, today=TODAY)
    assert (states_of(eli), states_of(ola)) == (["open"], ["done"])


def test_who_is_followed_alone_has_only_what_is_for_their_unit() -> None:
    plan = active()
    unit, beside = (make.organization(municipality=plan.municipality) for _ in range(2))
    asks(plan, {"unit": unit})
    jobs = [employed(unit=make.organization(parent_organization=unit)), employed(unit=beside)]
    for job in jobs:
        obligations.follow(job, today=TODAY)
    assert [states_of(job) for job in jobs] == [["open"], []]


def test_the_night_ends_what_a_version_no_longer_followed_had_asked() -> None:
    plan = active()
    asks(plan)
    job = employed()
    obligations.recompute(plan, today=TODAY)
    plan.versions.update(status="superseded", digest="agreed")  # and nobody has worked it out
    obligations.tonight(TODAY + days(1))
    assert states_of(job) == ["ended"]


def test_who_comes_back_has_had_it_since_then() -> None:
    plan = active()
    asks(plan)
    job = employed(left_on=TODAY)
    obligations.recompute(plan, today=TODAY)
    obligations.tonight(TODAY + days(1))
    Employment.objects.update(left_on=None)
    obligations.follow(job, today=TODAY + days(100))
    assert Obligation.objects.get().opened_on == TODAY + days(100)
