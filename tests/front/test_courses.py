"""The pages of courses."""

import pytest
from django.test import Client

from tests.factories import learning

pytestmark = pytest.mark.django_db
EVERY_QUIZ = ("one", "many", "order", "match", "short")


def lesson_url(course: object, module: object, number: int = 1) -> str:
    return f"/kurs/{course.slug}/{module.slug}/{number}/"


def test_the_catalogue_leads_to_a_course_and_that_to_its_first_lesson(client: Client) -> None:
    module = learning.module()
    course = learning.course(module)
    assert f'href="/kurs/{course.slug}/"' in client.get("/kurs/").content.decode()
    page = client.get(f"/kurs/{course.slug}/").content.decode()
    assert f'href="{lesson_url(course, module)}"' in page
    assert client.get(lesson_url(course, module)).status_code == 200


def test_an_answer_is_answered_in_the_page(client: Client) -> None:
    quiz = learning.quiz()
    module = learning.module(learning.lesson(quiz))
    course = learning.course(module)
    answer = {"block": quiz["id"], "answer": "o1"}
    page = client.post(lesson_url(course, module), answer).content.decode()
    assert "Fordi 1." in page
