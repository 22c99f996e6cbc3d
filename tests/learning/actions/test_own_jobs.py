"""«Is this you?»: an account is tied to a job by its owner's yes, and by nothing else."""

from uuid import uuid4

import pytest
from django.utils import timezone

from samtun.learning.actions import employees, own_jobs, progress
from samtun.learning.models import Employment, Evidence, Learner, Participant, Progress
from samtun.learning.queries.own_jobs import asked_of, denied_by
from samtun.organisations.models import Organization
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
ADDRESS = "nora@mail.example"


@pytest.fixture
def nora() -> User:
    """Somebody with an account."""
    return people.person("Nora", email=ADDRESS)


def municipality(name: str = "Vang kommune") -> Organization:
    """An employer."""
    return make.organization(name=name, municipality=make.municipality())


def listed(employer: Organization | None = None, name: str = "Nora Berg") -> Employment:
    """An employer says that somebody with Nora's address works there."""
    where = employer or municipality()
    return employees.hire(employer=where, unit=where, name=name, email=ADDRESS, by=None)


def asked(person: User) -> list[str]:
    """By whom."""
    return [one.employer for one in asked_of(person)]


def test_an_address_put_on_an_employee_ties_nobody(nora: User) -> None:
    vang = municipality()
    job = employees.hire(employer=vang, unit=vang, name="Eli", email="eli@vang.example", by=None)
    employees.change(employment=job, email=ADDRESS, by=None)
    learner = progress.learner_of(nora)
    assert not learner.employments.exists()
    assert Learner.objects.get(pk=job.learner_id).user is None
    assert asked(nora) == ["Vang kommune"]


def test_an_address_put_on_an_employee_ties_nobody_who_has_learnt_something(nora: User) -> None:
    learner = progress.learner_of(nora)
    learning.evidence(learner)
    vang = municipality()
    job = employees.hire(employer=vang, unit=vang, name="Eli", email="eli@vang.example", by=None)
    employees.change(employment=job, email=ADDRESS, by=None)
    assert not learner.employments.exists()
    assert asked(nora) == ["Vang kommune"]


def test_a_yes_ties_and_is_asked_once(nora: User) -> None:
    job = listed()
    learning.evidence(job.learner)
    progress.learner_of(nora)  # who has been here before the answer
    learner = own_jobs.accept(user=nora, employment=job)
    assert (learner, learner.user) == (job.learner, nora)
    assert (asked(nora), denied_by(nora)) == ([], [])
    assert Evidence.objects.get().learner == progress.learner_of(nora)
    assert AuditEvent.objects.get(action="employment.accepted").actor == nora


def test_a_yes_brings_two_that_both_have_learnt_together(nora: User) -> None:
    own = progress.learner_of(nora)
    learning.evidence(own, title="Hjemme")
    job = listed()
    learning.evidence(job.learner, title="Sammen")
    assert own_jobs.accept(user=nora, employment=job) == own
    assert {one.title for one in own.evidence.all()} == {"Hjemme", "Sammen"}
    assert own.employments.get() == job
    left = Learner.objects.get(pk=job.learner_id)
    assert (left.name, left.email) == ("", "")  # evidence is never moved, and is nobody's there


def test_what_is_begun_comes_along(nora: User) -> None:
    own, course = progress.learner_of(nora), learning.course()
    Progress.objects.create(learner=own, course=course)
    question = learning.module()
    block = question.versions.get().content["lessons"][0]["blocks"][1]["id"]
    progress.answer(
        learner=own, module=question, block=block, language="nb", number=1, value="o1",
        answer_id=uuid4(), answered_at=timezone.now(),
    )  # fmt: skip
    learner = own_jobs.accept(user=nora, employment=listed())
    assert (learner.progress.count(), learner.answers.count()) == (1, 1)
    assert not Learner.objects.filter(pk=own.pk).exists()


def test_a_no_is_kept_and_told_without_saying_who(nora: User) -> None:
    job = listed()
    own_jobs.refuse(user=nora, employment=job)
    job.refresh_from_db()
    assert (job.denied_email, job.learner.email) == (ADDRESS, "")
    assert asked(nora) == []
    event = AuditEvent.objects.get(action="employment.denied")
    assert (event.actor, ADDRESS in str(event.details)) == (None, False)


def test_the_employer_does_not_ask_again_about_the_same_person(nora: User) -> None:
    job = listed()
    own_jobs.refuse(user=nora, employment=job)
    with pytest.raises(employees.AddressDeniedError):
        employees.change(employment=job, email=ADDRESS.upper(), by=None)
    with pytest.raises(employees.AlreadyEmployedError):
        listed(job.employer)
    employees.leave(employment=job, left_on=timezone.localdate(), by=None)
    assert asked(nora) == []


def test_a_right_address_takes_the_mark_away(nora: User) -> None:
    job = listed()
    own_jobs.refuse(user=nora, employment=job)
    employees.change(employment=job, email="n.berg@vang.example", by=None)
    job.refresh_from_db()
    assert (job.denied_email, job.learner.email) == ("", "n.berg@vang.example")


def test_a_no_by_mistake_is_put_right(nora: User) -> None:
    job = listed()
    own_jobs.refuse(user=nora, employment=job)
    assert [one.job for one in denied_by(nora)] == [job.pk]
    learner = own_jobs.accept(user=nora, employment=job)
    job.refresh_from_db()
    assert (learner.user, learner.email, job.denied_email) == (nora, ADDRESS, "")


def test_two_employers_are_two_questions(nora: User) -> None:
    vang, gol = listed(), listed(municipality("Gol kommune"))
    learning.evidence(vang.learner)
    assert vang.learner == gol.learner
    learner = own_jobs.accept(user=nora, employment=vang)
    assert [one.employer for one in learner.employments.all()] == [vang.employer]
    assert asked(nora) == ["Gol kommune"]
    own_jobs.refuse(user=nora, employment=gol)
    assert learner.evidence.count() == 1
    assert (asked(nora), learner.employments.count()) == ([], 1)


def test_two_yeses_give_what_was_done_once(nora: User) -> None:
    vang, gol = listed(), listed(municipality("Gol kommune"))
    learning.evidence(vang.learner)
    own_jobs.accept(user=nora, employment=vang)
    learner = own_jobs.accept(user=nora, employment=gol)
    assert (learner.employments.count(), learner.evidence.count()) == (2, 1)


def test_another_employer_of_somebody_who_is_tied_asks_anew(nora: User) -> None:
    learner = own_jobs.accept(user=nora, employment=listed())
    gol = listed(municipality("Gol kommune"))
    assert gol.learner != learner
    assert asked(nora) == ["Gol kommune"]


def test_nobody_answers_for_another_or_with_an_address_not_confirmed(nora: User) -> None:
    job = listed()
    ola = people.person("Ola")
    ola.emailaddress_set.create(email="nora@arbeid.example", verified=False)  # type: ignore[attr-defined]
    Learner.objects.filter(pk=job.learner_id).update(email="nora@arbeid.example")
    for person in (ola, nora):
        for answer in (own_jobs.accept, own_jobs.refuse):
            with pytest.raises(own_jobs.NotAskedError):
                answer(user=person, employment=job)


def test_who_was_at_a_session_and_works_nowhere_is_tied_as_before(nora: User) -> None:
    known = learning.learner(email=ADDRESS)
    assert progress.learner_of(nora) == known
    assert not Participant.objects.exists()
