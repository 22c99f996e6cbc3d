# ruff: noqa: ANN401  (answers of any kind)
"""What somebody answered or wrote is theirs: nobody else's page, file, call or data has it.

Every page of training on the desk is opened, those to come as well.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

import samtun
from samtun.learning.actions import arriving, progress
from samtun.learning.models import Answer, Course, GroupSession, Participant
from samtun.learning.queries import own_data
from samtun.learning.queries.progress import own_answers
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
WRITTEN = "Jeg tenkte på mor hele dagen"
WRONG = "Heilt feilaktigsvar"


@dataclass
class World:
    """Eli has answered; the others look."""

    eli: User
    course: Course
    known: dict[str, Any]
    scopes: dict[RoleKind, dict[str, Any]]

    def onlooker(self, kind: RoleKind) -> User:
        person = people.person(f"Ser {kind}")
        people.role(person, kind, **self.scopes[kind])
        return person


@pytest.fixture
def world() -> World:
    place, centre = make.municipality(), make.organization(name="Senteret")
    home = make.organization(name="Helsetunet", municipality=place)
    plan = learning.plan(municipality=place, adviser=centre)
    item = learning.item(learning.version(plan))
    learning.rule(item)
    assert item.course
    eli = people.person("Eli Ansatt")
    job = learning.employment(home, learner=learning.learner(user=eli))
    late = timezone.localdate() - timedelta(days=10)
    due = learning.obligation(job, item, due_on=late)
    answered(job.learner, item.course, WRITTEN, WRONG)
    session = GroupSession.objects.create(
        module=module_of(item.course), unit=home, code="ABCDEF", starts_at=timezone.now()
    )
    Participant.objects.create(session=session, learner=job.learner, name="Eli", joined="code")
    known = {"unit": home.pk, "plan": plan.pk, "employment": job.pk, "session": session.pk,
             "obligation": due.pk, "kind": "csv", "person": eli.pk}  # fmt: skip
    of_home, region = {"organization": home}, make.region("valdres", place)
    return World(eli, item.course, known, {
        RoleKind.LEADER: of_home,
        RoleKind.ORGANISATION_EDITOR: of_home,
        RoleKind.EMPLOYEE: of_home,
        RoleKind.ADVISER: {"organization": centre},
        RoleKind.COORDINATOR: {"municipality": place},
        RoleKind.REGION_EDITOR: {"region": region},
        RoleKind.SYSTEM_ADMINISTRATOR: {},
    })  # fmt: skip


def told_again(learner: Any) -> list[Any]:
    """Their own answers, as they get them back."""
    return [one.value for one in own_answers(learner)]


def module_of(course: Course) -> Any:
    return course.course_modules.get().module


def answered(learner: Any, course: Course, *values: str) -> None:
    module = module_of(course)
    lesson = module.versions.get().content["lessons"][0]
    for value in values:
        progress.answer(
            learner=learner, module=module, block=lesson["blocks"][1]["id"], value=value,
            language="nb", number=1, answer_id=uuid4(), answered_at=timezone.now(),
        )  # fmt: skip


def pages(known: dict[str, Any]) -> Iterator[str]:
    """Every page and file of the desk on training, and the trail; papers are made of the same."""
    names = get_resolver().namespace_dict["desk"][1].reverse_dict
    for name in {one for one in names if isinstance(one, str)}:
        for _pattern, params in names.getlist(name)[0][0]:
            given = {one: known[one] for one in params if one in known}
            try:
                found = reverse(f"desk:{name}", kwargs=given)
            except NoReverseMatch:
                continue
            if re.search("/(opplaering|logg)/", found) and not found.endswith(".pdf"):
                yield found


def text_of(answer: Any) -> str:
    """All that is in it, also inside a spreadsheet."""
    content = b"".join(answer)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8", "replace")


def secrets() -> list[str]:
    return [WRITTEN, WRONG, *Answer.objects.values_list("sealed", flat=True)]


@pytest.mark.parametrize("kind", [*RoleKind])
def test_no_page_or_file_of_the_desk_tells_what_somebody_answered(
    kind: RoleKind, world: World
) -> None:
    client = people.signed_in(world.onlooker(kind))
    opened = 0
    for page in pages(world.known):
        answer = client.get(page)
        text = text_of(answer)
        assert not [one for one in secrets() if one in text], page
        opened += answer.status_code == 200
    assert opened >= (5 if kind in (RoleKind.LEADER, RoleKind.REGION_EDITOR) else 0)


@pytest.mark.parametrize("kind", [RoleKind.LEADER, RoleKind.SYSTEM_ADMINISTRATOR])
def test_nobody_elses_device_own_data_or_pages_have_it(kind: RoleKind, world: World) -> None:
    person = world.onlooker(kind)
    learning.employment(learner=learning.learner("Ser", user=person))
    client = people.signed_in(person)
    about = {"kurs": str(world.course.pk), "modul": str(module_of(world.course).pk)}
    told = [client.get("/kurs/mitt/framdrift/", about), client.get("/kurs/mitt/"),
            client.get("/kurs/mitt/fil/"), client.get(f"/kurs/{world.course.slug}/")]  # fmt: skip
    text = "".join(map(text_of, told)) + str(own_data.of(person))
    assert not [one for one in secrets() if one in text]


def test_whoever_wrote_it_reads_it(world: World) -> None:
    about = {"kurs": str(world.course.pk), "modul": str(module_of(world.course).pk)}
    told = people.signed_in(world.eli).get("/kurs/mitt/framdrift/", about).json()
    assert list(told["answers"].values()) == [WRONG], "the latest"
    assert WRITTEN in str(own_data.of(world.eli))


def test_a_visitor_is_told_nothing(world: World) -> None:
    about = {"kurs": str(world.course.pk), "modul": str(module_of(world.course).pk)}
    assert Client().get("/kurs/mitt/framdrift/", about).status_code == 401


def test_only_the_learners_own_pages_open_what_is_sealed() -> None:
    """Who would read answers in a new place has to say so here."""
    source = Path(samtun.__path__[0])
    readers = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"\bown_answers\b|\bunseal\(", path.read_text())
    }
    assert readers == {
        "people/sealing.py", "people/adapters.py", "learning/queries/progress.py",
        "learning/queries/own_data.py", "front/course_learner.py", "front/views/progress.py",
    }  # fmt: skip


def test_the_later_answer_counts_also_when_the_older_device_comes_last() -> None:
    learner, course, now = learning.learner(), learning.course(), timezone.now()
    block = module_of(course).versions.get().content["lessons"][0]["blocks"][1]["id"]
    for value, at in (("o1", now), ("o2", now - timedelta(hours=2))):
        event = arriving.Event(
            id=uuid4(), kind="answer", course=course.pk, module=module_of(course).pk, lesson="",
            block=block, language="nb", number=1, value=value, at=at,
        )  # fmt: skip
        arriving.keep(learner=learner, events=[event])
    found = told_again(learner)
    assert found == ["o2", "o1"]


def test_an_answer_with_an_id_that_is_anothers_is_refused_and_changes_nothing() -> None:
    course, once = learning.course(), uuid4()
    block = module_of(course).versions.get().content["lessons"][0]["blocks"][1]["id"]
    given: dict[str, Any] = {
        "id": once, "kind": "answer", "course": course.pk, "module": module_of(course).pk,
        "lesson": "", "block": block, "language": "nb", "number": 1, "at": timezone.now(),
    }  # fmt: skip
    hers, his = learning.learner(), learning.learner("Ola Annen")
    arriving.keep(learner=hers, events=[arriving.Event(**given, value="o1")])
    arrived = arriving.keep(learner=his, events=[arriving.Event(**given, value="o2")])
    assert (arrived.kept, list(arrived.refused)) == ([], [once])
    again = arriving.keep(learner=hers, events=[arriving.Event(**given, value="o3")])
    assert again.kept == [once]
    assert (told_again(hers), told_again(his)) == (["o1"], [])


def test_a_device_whose_clock_is_ahead_answered_when_it_was_sent() -> None:
    learner, course = learning.learner(), learning.course()
    block = module_of(course).versions.get().content["lessons"][0]["blocks"][1]["id"]
    event = arriving.Event(
        id=uuid4(), kind="answer", course=course.pk, module=module_of(course).pk, lesson="",
        block=block, language="nb", number=1, value="o1", at=timezone.now() + timedelta(days=400),
    )  # fmt: skip
    arriving.keep(learner=learner, events=[event])
    assert Answer.objects.get().answered_at <= timezone.now()
