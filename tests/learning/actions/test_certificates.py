"""Certificates: issued once, true for ever, and never guessed."""

import math
from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.learning.actions import certificates
from samtun.learning.actions.certificates import ALPHABET, LENGTH
from samtun.learning.enums import Learnt, ObligationState
from samtun.learning.errors import LearningError
from samtun.learning.models import Certificate, Course, Learner
from samtun.learning.queries.certificates import certificate_called
from tests.factories import learning
from tests.factories import people as make_people

pytestmark = pytest.mark.django_db


def issued(name: str = "Eli Ansatt", **fields: object) -> Certificate:
    """Of a course done today."""
    facts = {"contents": [{"title": "Modul", "version": 1, "minutes": 8}], "publisher": "Senteret"}
    of = learning.evidence(
        learning.learner(name), course=learning.course(), minutes=8, facts=facts, **fields
    )
    return certificates.issue(evidence=of)


def test_it_says_what_was_done() -> None:
    facts = issued().facts
    assert (facts["name"], facts["title"], facts["minutes"], facts["publisher"]) == (
        "Eli Ansatt", "Å se de pårørende", 8, "Senteret",
    )  # fmt: skip
    assert facts["done_on"] == timezone.localdate().isoformat()


def test_asked_for_twice_it_is_the_same() -> None:
    first = issued()
    assert first.evidence
    assert certificates.issue(evidence=first.evidence) == first


def test_a_new_name_makes_a_new_paper_and_the_old_says_so() -> None:
    first = issued("Eli Før")
    Learner.objects.update(name="Eli Nå")
    assert first.evidence
    first.evidence.learner.refresh_from_db()
    second = certificates.issue(evidence=first.evidence)
    first.refresh_from_db()
    assert (second.facts["name"], second.withdrawn_at) == ("Eli Nå", None)
    assert (first.facts["name"], first.withdrawn_why) == ("Eli Før", certificates.RENAMED)


def test_who_works_here_for_a_while_is_called_what_the_employer_says() -> None:
    learner = learning.learner("Eli Ansatt", user=make_people.person("Kong Olav"))
    last_day = timezone.localdate() + timedelta(days=30)
    learning.employment(learner=learner, left_on=last_day)
    paper = certificates.issue(evidence=learning.evidence(learner, course=learning.course()))
    assert paper.facts["name"] == "Eli Ansatt"


def test_without_a_name_there_is_no_paper() -> None:
    with pytest.raises(LearningError):
        issued("")


@pytest.mark.parametrize("learnt", [Learnt.BROUGHT, Learnt.EQUIVALENT])
def test_what_was_learnt_elsewhere_gets_no_paper_of_ours(learnt: Learnt) -> None:
    with pytest.raises(LearningError):
        issued(learnt=learnt)


def test_its_code_cannot_be_guessed() -> None:
    assert math.log2(len(ALPHABET)) * LENGTH >= 100
    assert not set("01OILUV") & set(ALPHABET)
    assert len({certificates.new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}", "{3}"])
def test_it_is_found_however_its_code_is_typed(typed: str) -> None:
    code = issued().code
    forms = (code, code.lower(), code.replace("-", ""), code.replace("-", " "))
    assert certificate_called(typed.format(*forms)) == Certificate.objects.get()


@pytest.mark.parametrize("typed", ["", "-", "Eli Ansatt", "x" * 9999, "%", "ABCD-____-____"])
def test_nothing_else_finds_it(typed: str) -> None:
    issued()
    assert certificate_called(typed) is None


def test_it_holds_when_the_course_is_withdrawn_and_the_account_is_gone() -> None:
    person = make_people.person()
    made = issued()
    Learner.objects.update(user=person)
    Course.objects.update(withdrawn_at=timezone.now())
    person.delete()
    found = certificate_called(made.code)
    assert found
    assert (found.facts, found.withdrawn_at) == (made.facts, None)


def plan_of_one(state: ObligationState) -> tuple[Learner, object]:
    """A plan with one required course, done or not."""
    version = learning.version()
    item, job = learning.item(version, title="Å se de pårørende"), learning.employment()
    done = learning.evidence(job.learner, course=item.course, minutes=8)
    is_done = state == ObligationState.DONE
    learning.obligation(job, item, state=state, evidence=done if is_done else None)
    return job.learner, version.plan


def test_a_plan_has_a_paper_when_all_that_is_required_is_done() -> None:
    learner, plan = plan_of_one(ObligationState.DONE)
    made = certificates.issue_for_plan(learner=learner, plan=plan)  # type: ignore[arg-type]
    assert made.facts["title"] == str(plan)
    assert [one["title"] for one in made.facts["contents"]] == ["Å se de pårørende"]
    assert made == certificates.issue_for_plan(learner=learner, plan=plan)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [ObligationState.OPEN, ObligationState.EXEMPT])
def test_a_plan_has_no_paper_before(state: ObligationState) -> None:
    learner, plan = plan_of_one(state)
    with pytest.raises(LearningError):
        certificates.issue_for_plan(learner=learner, plan=plan)  # type: ignore[arg-type]
