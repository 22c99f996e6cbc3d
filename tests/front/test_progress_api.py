# ruff: noqa: ANN401  (a device may send anything)
"""Where a device sends what was done in a lesson."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samtun.learning.models import Answer, Course, Evidence, Learner, Module, Progress
from samtun.people.models import AuditEvent
from tests.factories import learning
from tests.factories import people as make_people

pytestmark = pytest.mark.django_db
URL = "/kurs/mitt/framdrift/"


@pytest.fixture
def course() -> Course:
    """A course of one module with two lessons."""
    return learning.course()


def module_of(course: Course) -> Module:
    """Its first module."""
    return course.course_modules.get(position=0).module


def event(course: Course, kind: str = "answer", **fields: Any) -> dict[str, Any]:
    """Something done in the first lesson, now."""
    module = module_of(course)
    lesson = module.versions.get().content["lessons"][0]
    made = {
        "id": str(uuid4()), "kind": kind, "course": str(course.pk), "module": str(module.pk),
        "lesson": lesson["id"], "block": lesson["blocks"][1]["id"], "language": "nb", "number": 1,
        "value": "o1", "at": timezone.now().isoformat(),
    }  # fmt: skip
    return made | fields


def kari() -> Client:
    """An employee who has signed in."""
    return make_people.signed_in(make_people.person("Kari Ansatt"))


def send(client: Client, body: object) -> Any:
    """What the device is told."""
    return client.post(URL, body, content_type="application/json")


def test_what_was_done_before_a_module_was_taken_out_of_its_course_still_counts(
    course: Course,
) -> None:
    module = module_of(course)
    lessons = module.versions.get().content["lessons"]
    sent = [event(course, "finish", lesson=one["id"]) for one in lessons]
    course.course_modules.all().delete()
    answer = send(kari(), sent).json()
    assert (set(answer["kept"]), answer["refused"]) == ({one["id"] for one in sent}, {})
    assert Evidence.objects.get().module == module


def test_what_is_sent_is_kept_and_said_so(course: Course) -> None:
    sent = [event(course), event(course, "place"), event(course, "finish")]
    answer = send(kari(), sent).json()
    assert set(answer["kept"]) == {one["id"] for one in sent}
    assert answer["refused"] == {}
    assert (Answer.objects.count(), Progress.objects.count()) == (1, 1)


def test_sent_again_it_is_kept_once(course: Course) -> None:
    client, sent = kari(), [event(course), event(course, "finish")]
    first, again = send(client, sent).json(), send(client, sent).json()
    assert set(first["kept"]) == set(again["kept"])
    assert Answer.objects.count() == 1


def test_the_last_lesson_completes_the_course(course: Course) -> None:
    lessons = module_of(course).versions.get().content["lessons"]
    sent = [event(course, "finish", lesson=one["id"]) for one in lessons]
    assert send(kari(), sent).json()["completed"] == [str(course.pk)]
    assert Evidence.objects.filter(course=course).exists()


def test_a_visitor_is_told_to_sign_in_and_gets_no_cookie(course: Course) -> None:
    client = Client(enforce_csrf_checks=True)
    for answer in (send(client, [event(course)]), client.get(URL)):
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
        assert not answer.cookies
    assert not Answer.objects.exists()
    assert not Learner.objects.exists()


def test_another_site_cannot_send_for_somebody_who_is_signed_in(course: Course) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_people.person())
    assert send(client, [event(course)]).status_code == 403
    token = client.get(URL).json()["token"]
    headers = {"X-CSRFToken": token}
    answer = client.post(URL, [event(course)], content_type="application/json", headers=headers)
    assert answer.status_code == 200


HOSTILE: list[Any] = [
    None, 1, "x", [], {}, {"id": 1}, {"id": "x" * 5000},
    {"kind": "drop"}, {"kind": ["answer"]}, {"at": "yesterday"}, {"at": 5}, {"at": "0001-01-01"},
    {"number": True}, {"number": -1}, {"number": 10**30}, {"number": "1"}, {"module": "x"},
    {"course": None}, {"language": "xx"}, {"language": {}}, {"lesson": 5}, {"lesson": "\x00"},
    {"block": "x" * 37}, {"block": "\ud800"}, {"value": "x" * 30_000}, {"value": "\ud800"},
]  # fmt: skip


@pytest.mark.parametrize("bad", HOSTILE, ids=lambda bad: ascii(bad)[:30])
@pytest.mark.parametrize("kind", ["answer", "place", "finish"])
def test_what_makes_no_sense_stops_nothing_else(course: Course, bad: Any, kind: str) -> None:
    good = event(course)
    worse = event(course, kind) | bad if isinstance(bad, dict) and bad else bad
    answer = send(kari(), json.dumps([worse, good]))
    assert answer.status_code == 200
    assert good["id"] in answer.json()["kept"]


@pytest.mark.parametrize("body", ["", "x", "{}", "[" * 5000, "[NaN]", '"x"', json.dumps([1] * 101)])
def test_a_call_that_is_no_list_is_refused_whole(body: str) -> None:
    answer = send(kari(), body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_an_unknown_course_or_block_is_refused_by_name(course: Course) -> None:
    sent = [event(course, "place") | {"course": str(uuid4())}, event(course, block=str(uuid4())),
            event(course, module=str(uuid4()), kind="finish")]  # fmt: skip
    answer = send(kari(), sent).json()
    assert answer["kept"] == []
    assert set(answer["refused"]) == {one["id"] for one in sent}


def test_the_next_device_is_told_the_place(course: Course) -> None:
    client, here = kari(), event(course, "place")
    send(client, [here, event(course, "finish")])
    told = client.get(URL, {"kurs": str(course.pk)}).json()
    assert (told["module"], told["lesson"], told["block"]) == (
        here["module"], here["lesson"], here["block"],
    )  # fmt: skip
    assert told["done"] == [here["lesson"]]


def test_nobody_is_told_of_another(course: Course) -> None:
    send(kari(), [event(course, "place")])
    ola = make_people.signed_in(make_people.person("Ola Annen"))
    told = ola.get(URL, {"kurs": str(course.pk)}).json()
    assert (told["module"], told["done"]) == (None, [])


def test_nothing_that_was_answered_reaches_the_trail(course: Course) -> None:
    send(kari(), [event(course, value="Jeg tenkte på mor")])
    assert not AuditEvent.objects.filter(details__icontains="mor").exists()


def queries(client: Client, sent: list[dict[str, Any]]) -> int:
    """How many SQL queries a call costs, with those of the sign-in."""
    with CaptureQueriesContext(connection) as counted:
        answer: HttpResponse = send(client, sent)
    assert answer.status_code == 200
    return len(counted)


def test_thirty_answers_cost_the_queries_of_one(course: Course) -> None:
    client = kari()
    send(client, [event(course)])  # the learner is made at the first one
    one = queries(client, [event(course)])
    assert queries(client, [event(course) for _ in range(30)]) == one
    assert one <= 7


def test_a_place_and_an_answer_cost_few_queries(course: Course) -> None:
    client = kari()
    send(client, [event(course, "place")])
    assert queries(client, [event(course), event(course, "place")]) <= 10
