"""An employer's list: who comes, changes, moves, leaves and comes back; what is learnt stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from samtun.learning.actions import employees, own_jobs
from samtun.learning.models import Employment, Evidence, Learner
from samtun.organisations.models import Organization
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Organization:
    return make.organization(name="Vang kommune", municipality=make.municipality("3454", "Vang"))


@pytest.fixture
def unit(employer: Organization) -> Organization:
    return make.organization(
        name="Vang helsetun", parent_organization=employer, municipality=employer.municipality
    )


def hire(employer: Organization, **fields: Any) -> Employment:  # noqa: ANN401
    defaults = {"unit": employer, "name": "Eli Ansatt", "email": "eli@vang.example", "by": None}
    return employees.hire(employer=employer, **defaults | fields)


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def test_a_new_employee_is_a_new_learner(employer: Organization, unit: Organization) -> None:
    kari = people.person()
    made = hire(employer, unit=unit, profession="nurse", by=kari)
    assert (made.learner.name, made.learner.email) == ("Eli Ansatt", "eli@vang.example")
    assert (made.unit, made.joined_on, made.left_on) == (unit, timezone.localdate(), None)
    event = AuditEvent.objects.get(action="employment.started")
    assert (event.actor, event.object_name) == (kari, "")  # a person is named by identifier only


def test_whoever_has_the_address_already_is_the_same_learner(employer: Organization) -> None:
    known = learning.learner(email="Eli@Vang.example")
    assert hire(employer, email=" eli@VANG.example").learner == known


def test_an_account_with_the_address_is_not_tied_to_a_job_without_a_yes(
    employer: Organization,
) -> None:
    person = people.person(email="eli@vang.example")
    known = learning.learner(email="eli.privat@mail.example", user=person)
    made = hire(employer, email="ELI@vang.example")
    assert (made.learner.user, made.learner.email) == (None, "eli@vang.example")
    own_jobs.accept(user=person, employment=made)
    assert hire(employer, email="eli@vang.example", external_id="2").learner.user == person
    assert not Learner.objects.filter(pk=known.pk).exists()  # nothing was done: they are one now


def test_who_takes_over_a_mailbox_is_somebody_else(employer: Organization) -> None:
    first = hire(employer, joined_on=days_ago(90))
    done = learning.evidence(first.learner)
    employees.leave(employment=first, left_on=days_ago(30), by=None)
    other = hire(employer, name="Ola Annan")
    first.learner.refresh_from_db()
    assert other.learner != first.learner
    assert (other.learner.email, first.learner.email) == ("eli@vang.example", "")
    assert Evidence.objects.get().learner == first.learner == done.learner


def test_who_comes_back_with_the_same_name_and_address_is_the_same(employer: Organization) -> None:
    first = hire(employer, joined_on=days_ago(90))
    employees.leave(employment=first, left_on=days_ago(30), by=None)
    assert hire(employer, name="Eli Marie Ansatt").learner == first.learner


def test_a_mailbox_taken_over_from_an_account_is_somebody_else_too(employer: Organization) -> None:
    person = people.person(email="eli@vang.example")
    first = hire(employer, joined_on=days_ago(90))
    known = own_jobs.accept(user=person, employment=first)
    employees.leave(employment=first, left_on=days_ago(30), by=None)
    other = hire(employer, name="Ola Annan")
    known.refresh_from_db()
    assert (other.learner == known, known.user, known.email) == (False, person, "")


def test_an_address_given_to_another_afterwards_is_let_go(employer: Organization) -> None:
    first = hire(employer, joined_on=days_ago(90))
    employees.leave(employment=first, left_on=days_ago(30), by=None)
    other = hire(employer, name="Ola Annan", email="ola@vang.example")
    employees.change(employment=other, email="eli@vang.example", by=None)
    assert Learner.objects.get(email="eli@vang.example") == other.learner


def test_a_unit_of_another_employer_is_refused(employer: Organization) -> None:
    with pytest.raises(employees.NotAUnitError):
        hire(employer, unit=make.organization())


def test_nobody_is_put_on_the_list_twice(employer: Organization) -> None:
    hire(employer)
    with pytest.raises(employees.AlreadyEmployedError):
        hire(employer)
    hire(employer, external_id="7", email="nils@vang.example")
    with pytest.raises(employees.AlreadyEmployedError):
        hire(employer, external_id="7", email="ola@vang.example")
    assert Employment.objects.count() == 2


def test_one_person_can_have_two_jobs_with_a_number_each(employer: Organization) -> None:
    assert hire(employer, external_id="7-1").learner == hire(employer, external_id="7-2").learner


def test_moving_counts_from_the_day_and_joining_stays(
    employer: Organization, unit: Organization
) -> None:
    made = hire(employer, joined_on=days_ago(400))
    moved = employees.move(employment=made, unit=unit, on=days_ago(3), by=None)
    assert (moved.unit, moved.unit_since, moved.joined_on) == (unit, days_ago(3), days_ago(400))
    assert AuditEvent.objects.get(action="employment.moved").details["by"] == "directory"


def test_the_same_again_changes_nothing(employer: Organization) -> None:
    made = hire(employer, position="Hjelpepleier")
    employees.change(employment=made, position="Hjelpepleier", name="Eli Ansatt", by=None)
    assert not AuditEvent.objects.filter(action="employment.changed").exists()


def test_an_employer_changes_name_and_address_of_its_own_only(employer: Organization) -> None:
    made = hire(employer)
    employees.change(employment=made, name="Eli Berg", email="eli.berg@vang.example", by=None)
    assert Learner.objects.get().email == "eli.berg@vang.example"
    learning.employment(learner=made.learner)  # in another municipality
    employees.change(employment=made, name="Nokon Annan", email="tjuv@mail.example", by=None)
    assert Learner.objects.get().name == "Eli Berg"
    assert Learner.objects.get().email == "eli.berg@vang.example"


def test_an_employer_cannot_change_the_address_of_an_account(employer: Organization) -> None:
    known = learning.learner(email="eli@vang.example", user=people.person())
    made = hire(employer)
    employees.change(employment=made, email="tjuv@mail.example", by=None)
    known.refresh_from_db()
    assert known.email == "eli@vang.example"


def test_an_address_of_somebody_else_is_refused(employer: Organization) -> None:
    made = hire(employer)
    learning.learner(email="ola@vang.example")
    with pytest.raises(employees.AddressTakenError):
        employees.change(employment=made, email="Ola@vang.example", by=None)


def test_whoever_leaves_keeps_what_they_have_learnt(employer: Organization) -> None:
    made = hire(employer, joined_on=days_ago(90))
    learning.evidence(made.learner)
    left = employees.leave(employment=made, left_on=days_ago(1), by=None)
    assert left.left_on == days_ago(1)
    assert Evidence.objects.filter(learner=made.learner).count() == 1


def test_coming_back_is_a_new_employment_of_the_same_learner(employer: Organization) -> None:
    first = hire(employer, external_id="7", joined_on=days_ago(90))
    employees.leave(employment=first, left_on=days_ago(30), by=None)
    again = hire(employer, external_id="7", email="")
    first.refresh_from_db()
    assert again.pk != first.pk
    assert again.learner == first.learner
    assert (first.left_on, first.external_id, again.external_id) == (days_ago(30), "", "7")


def test_a_number_given_to_somebody_else_does_not_bring_the_records_along(
    employer: Organization,
) -> None:
    first = hire(employer, external_id="7", joined_on=days_ago(90))
    employees.leave(employment=first, left_on=days_ago(30), by=None)
    other = hire(employer, external_id="7", name="Ola Annan", email="")
    assert other.learner != first.learner


def test_leaving_by_mistake_is_taken_back(employer: Organization) -> None:
    made = hire(employer, joined_on=days_ago(90))
    employees.leave(employment=made, left_on=days_ago(1), by=None)
    resumed = employees.resume(employment=made, by=None)
    assert (resumed.pk, resumed.left_on, resumed.joined_on) == (made.pk, None, days_ago(90))


def test_who_never_came_has_left_on_the_day_said(employer: Organization) -> None:
    made = hire(employer, joined_on=timezone.localdate() + timedelta(days=20))
    left = employees.leave(employment=made, left_on=timezone.localdate(), by=None)
    assert left.joined_on == left.left_on == timezone.localdate()


def test_the_first_day_moves_the_unit_along_for_who_never_moved(employer: Organization) -> None:
    made = hire(employer, joined_on=days_ago(10))
    changed = employees.change(employment=made, joined_on=days_ago(500), by=None)
    assert changed.unit_since == days_ago(500)


def test_the_address_of_somebody_who_has_learnt_something_is_not_the_employers_to_change() -> None:
    job = learning.employment()
    learning.evidence(job.learner)
    employees.change(employment=job, email="annen@valdres.example", by=None)
    job.learner.refresh_from_db()
    assert job.learner.email != "annen@valdres.example"


def test_an_employer_does_not_see_the_address_of_an_account() -> None:
    job = learning.employment()
    assert job.learner.work_email == job.learner.email
    job.learner.user = people.person()
    assert job.learner.work_email == ""
