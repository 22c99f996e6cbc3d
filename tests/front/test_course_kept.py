"""Pages that are kept are those of anybody, and nobody's own."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samtun.front import course_kept
from samtun.learning.content import Block
from samtun.learning.models import Course
from tests.factories import learning
from tests.factories.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Block:
    """What the lesson asks."""
    return learning.quiz()


@pytest.fixture
def course(question: Block) -> Course:
    """With one lesson: a text and a question."""
    return learning.course(learning.module(learning.lesson(learning.block(), question)))


def addresses(course: Course) -> tuple[str, str, str]:
    """The catalogue, the course, its lesson."""
    module = course.course_modules.get().module
    return "/kurs/", f"/kurs/{course.slug}/", f"/kurs/{course.slug}/{module.slug}/1/"


def test_a_kept_page_says_what_it_said_when_it_was_made(
    course: Course, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in addresses(course):
        kept = [client.get(address).content for _ in range(2)]
        with monkeypatch.context() as without:
            without.setattr(course_kept, "is_anybodys", lambda *_: False)
            assert kept == [client.get(address).content] * 2, address


def test_the_second_visitor_costs_no_query(
    course: Course, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for address in addresses(course):
        client.get(address)
        with django_assert_num_queries(0):
            client.get(address)


def test_what_one_answered_is_on_nobody_elses_page(
    course: Course, question: Block, client: Client
) -> None:
    *_, lesson = addresses(course)
    ours = signed_in(person("Eli Ansatt"))
    before = client.get(lesson).content
    answer = {"block": question["id"], "answer": question["value"]["options"][0]["id"]}
    for reader in (client, ours):
        assert reader.post(lesson, answer).content != before
    assert client.get(lesson).content == before
    assert b"csrfmiddlewaretoken" in ours.get(lesson).content
    assert b"csrfmiddlewaretoken" not in before


@pytest.mark.parametrize("asked", ["film=x", "kommune=3451", "ferdig=1", "sektor=health&x=1"])
def test_whoever_asks_for_more_gets_a_page_of_their_own(
    course: Course, client: Client, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("catalogue", "course", "lesson"):
        monkeypatch.setattr(course_kept, name, lambda *_: "kept")
    for address in addresses(course):
        assert client.get(f"{address}?{asked}").content != b"kept"
        assert client.get(address).content == b"kept"
