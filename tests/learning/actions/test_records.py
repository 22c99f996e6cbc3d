# ruff: noqa: ANN401  (anything can stand in a file)
"""What a learner takes along, brings here, and may have deleted."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from samtun.learning.actions import certificates, records
from samtun.learning.enums import Learnt
from samtun.learning.errors import LearningError
from samtun.learning.models import (
    Answer,
    Certificate,
    Employment,
    Evidence,
    GroupSession,
    Learner,
    Participant,
)
from samtun.people.sealing import seal
from tests.factories import learning
from tests.factories import people as make_people

pytestmark = pytest.mark.django_db


def eli() -> Learner:
    """Has done a course."""
    made = learning.learner("Eli Ansatt")
    learning.evidence(made, course=learning.course(), minutes=12, facts={"publisher": "Senteret"})
    return made


def answered(learner: Learner) -> Answer:
    """Something that was written."""
    return Answer.objects.create(
        id=uuid4(), learner=learner, module=learning.module(), block="b", language="nb", number=1,
        sealed=seal('"Jeg tenkte på mor"'), answered_at=timezone.now(),
    )  # fmt: skip


def a_file(*rows: Any, **changes: Any) -> bytes:
    """A file from elsewhere."""
    whole = {"form": records.FORM, "version": 1, "name": "Eli", "done": list(rows)}
    return json.dumps({"records": whole, "signature": "x"} | changes).encode()


ROW = {"kind": "course", "title": "Demens", "done_on": "2024-03-01", "minutes": 30}


def test_the_file_holds_what_was_done_and_no_answer() -> None:
    learner = eli()
    answered(learner)
    text = records.records_file(learner)
    assert json.loads(text)["records"]["done"][0]["title"] == "Å se de pårørende"
    assert "mor" not in text
    assert "Å se de pårørende (12 min)" in json.loads(text)["about"][1]


def test_ones_own_file_brought_back_changes_nothing() -> None:
    learner = eli()
    brought = records.bring(learner=learner, content=records.records_file(learner).encode())
    assert (brought.new, brought.known, brought.is_ours) == (0, 1, True)
    assert Evidence.objects.count() == 1


def test_a_file_that_was_changed_is_not_ours_any_more() -> None:
    text = records.records_file(eli()).replace("Å se de pårørende", "Å se alle")
    assert not records.bring(learner=learning.learner("Ola"), content=text.encode()).is_ours


def test_what_is_brought_is_marked_as_brought_and_not_checked() -> None:
    learner = learning.learner()
    records.bring(learner=learner, content=a_file(ROW))
    made = Evidence.objects.get()
    assert (made.learnt, made.course, made.facts["is_checked"]) == (Learnt.BROUGHT, None, False)
    with pytest.raises(LearningError):
        certificates.issue(evidence=made)


def test_brought_twice_it_is_there_once() -> None:
    learner = learning.learner()
    records.bring(learner=learner, content=a_file(ROW))
    assert records.bring(learner=learner, content=a_file(ROW)).known == 1
    assert Evidence.objects.count() == 1


TOMORROW = (timezone.localdate() + timedelta(days=2)).isoformat()
BAD_ROWS: list[Any] = [
    None, 5, "x", [], {}, ROW | {"title": ""}, ROW | {"title": "x" * 999}, ROW | {"title": 5},
    ROW | {"done_on": TOMORROW}, ROW | {"done_on": "1066-10-14"}, ROW | {"done_on": "i går"},
    ROW | {"minutes": -1}, ROW | {"minutes": "mange"}, ROW | {"minutes": 10**9},
    ROW | {"kind": "doctor"}, ROW | {"kind": []}, ROW | {"title": "\ud800"}, ROW | {"id": [1]},
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD_ROWS[:-1], ids=lambda bad: ascii(bad)[-40:])
def test_a_row_that_makes_no_sense_stops_none_of_the_others(bad: Any) -> None:
    brought = records.bring(learner=learning.learner(), content=a_file(bad, ROW))
    assert (brought.new, len(brought.refused)) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"[]", b"{}", b"[" * 9999, b"\xff\xfe", a_file(records={}), a_file(records=[]),
     a_file(*[ROW] * 1001), b" " * (records.LONGEST + 1),
     json.dumps({"records": {"form": records.FORM, "done": {}}}).encode()],
    ids=range(11),
)  # fmt: skip
def test_a_file_that_is_none_is_kindly_refused(content: bytes) -> None:
    with pytest.raises(LearningError):
        records.bring(learner=learning.learner(), content=content)


def test_answers_can_be_deleted_and_what_is_done_stays() -> None:
    learner = eli()
    answered(learner)
    assert records.delete_answers(learner=learner) == 1
    assert not Answer.objects.exists()
    assert Evidence.objects.exists()


def test_who_is_forgotten_is_nobody_and_the_numbers_stay() -> None:
    learner = eli()
    Learner.objects.update(user=make_people.person())
    job = learning.employment(learner=learner, external_id="4711", position="Sykepleier natt")
    Employment.objects.update(left_on=timezone.localdate())
    certificates.issue(evidence=Evidence.objects.get())
    records.forget(learner=learner)
    left, job = Learner.objects.get(), Employment.objects.get(pk=job.pk)
    assert (left.name, left.email, left.user) == ("", "", None)
    assert (job.external_id, job.position) == ("", "")
    assert Evidence.objects.get().learner == left
    assert (Certificate.objects.get().facts, Certificate.objects.get().withdrawn_why) == (
        {}, certificates.FORGOTTEN,
    )  # fmt: skip


def test_who_is_forgotten_stands_on_no_list_of_a_session_and_in_no_directory() -> None:
    learner = eli()
    job = learning.employment(
        learner=learner, directory_id="objekt-1", left_on=timezone.localdate()
    )
    session = GroupSession.objects.create(
        module=learning.module(), unit=job.unit, code="ABCDEF", starts_at=timezone.now()
    )
    Participant.objects.create(session=session, learner=learner, name=learner.name, joined="code")
    Participant.objects.create(session=session, claimed_by=learner, name="Eli A", joined="name")
    records.forget(learner=learner)
    assert set(Participant.objects.values_list("name", "claimed_by")) == {("", None)}
    assert session.participants.count() == 2
    assert Employment.objects.get().directory_id == ""


def test_a_last_day_to_come_is_still_on_the_list() -> None:
    learner = eli()
    learning.employment(learner=learner, left_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(LearningError):
        records.forget(learner=learner)


def test_the_file_of_a_colleague_is_not_checked_though_it_was_made_here() -> None:
    siv = learning.learner("Siv Annen")
    brought = records.bring(learner=siv, content=records.records_file(eli()).encode())
    assert (brought.new, brought.is_ours) == (1, False)
    assert not Evidence.objects.get(learner=siv).facts["is_checked"]


def test_an_employer_that_has_them_on_its_list_is_asked_first() -> None:
    learner = eli()
    learning.employment(learner=learner)
    with pytest.raises(LearningError):
        records.forget(learner=learner)
    assert Learner.objects.get(pk=learner.pk).name == "Eli Ansatt"
