"""The pages of courses: what is shown, answered and kept, and for whom."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.learning.content import Block
from samtun.learning.models import Answer, Course, LessonDone, Module, Progress
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
KINDS = ("one", "many", "order", "match", "short")
RIGHT: dict[str, dict[str, Any]] = {
    "one": {"answer": "o1"},
    "many": {"answer": ["o1"]},
    "order": {"order-o1": "1", "order-o2": "2", "order-o3": "3"},
    "match": {"match-o1": "o1", "match-o2": "o2", "match-o3": "o3"},
    "short": {"answer": "spør."},
}
HOSTILE = ({"answer": "x" * 200_000}, {"order-o1": "²"}, {"order-o1": "9" * 50}, {"match-o1": "?"})


def made(*blocks: Block, **fields: object) -> tuple[Course, Module, str]:
    """A course of one lesson with these blocks, and the lesson's address."""
    module = learning.module(learning.lesson(*blocks))
    course = learning.course(module, **fields)
    return course, module, f"/kurs/{course.slug}/{module.slug}/1/"


def text_of(client: Client, url: str, **asked: str) -> str:
    return client.get(url, asked).content.decode()


def test_the_catalogue_leads_to_a_course_and_that_to_its_first_lesson(client: Client) -> None:
    course, _module, url = made()
    assert f'href="/kurs/{course.slug}/"' in text_of(client, "/kurs/")
    assert f'href="{url}"' in text_of(client, f"/kurs/{course.slug}/")
    assert client.get(url).status_code == 200


def test_choices_of_the_catalogue_are_links_with_counts(client: Client) -> None:
    learning.course(sectors=["health"])
    learning.course(sectors=["school", "health"])
    page = text_of(client, "/kurs/", sektor="school")
    assert 'href="/kurs/?sektor=health"' in page
    assert re.search(r"Skole \(1\)|School \(1\)", page)
    assert "noindex" in page
    assert page.count("st-course-card") == 1 + page.count('"st-course-cards')


def test_a_catalogue_with_nothing_says_what_to_do(client: Client) -> None:
    learning.course(sectors=["health"])
    assert "st-empty" in text_of(client, "/kurs/", sektor="students")


@pytest.mark.parametrize("wrong", ["<script>", "health'", "\x00", "a" * 5000])
def test_what_nobody_can_choose_is_ignored(client: Client, wrong: str) -> None:
    course, _module, url = made()
    asked = dict.fromkeys(("sektor", "tema", "lengde", "sammen", "form", "kommune"), wrong)
    for path in ("/kurs/", f"/kurs/{course.slug}/", url):
        answer = client.get(path, asked | {"region": wrong, "film": wrong})
        assert answer.status_code == 200
        assert "<script>&" not in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_is_told_in_the_page_without_javascript(client: Client, kind: str) -> None:
    quiz = learning.quiz(kind)
    *_, url = made(quiz)
    answer = client.post(url, {"block": quiz["id"]} | RIGHT[kind])
    assert 'st-verdict" data-right' in answer.content.decode()
    assert "Å spørre er nok." in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fields", [{}, *HOSTILE])
def test_no_answer_breaks_the_page(client: Client, kind: str, fields: dict[str, str]) -> None:
    quiz = learning.quiz(kind)
    *_, url = made(quiz)
    page = client.post(url, {"block": quiz["id"]} | fields)
    assert page.status_code == 200
    assert 'st-verdict" data-right' not in page.content.decode()


@pytest.mark.parametrize(
    "earlier", ["[]", "{", '{"b":"\\ud800"}', "[" * 9000, "null", '{"%s":[[]]}', "a" * 30_000]
)
def test_what_the_page_carries_may_be_anything(client: Client, earlier: str) -> None:
    quiz = learning.quiz("many")
    *_, url = made(quiz)
    fields = {"block": quiz["id"], "answer": "o1", "earlier": earlier.replace("%s", quiz["id"])}
    assert client.post(url, fields).status_code == 200
    hostile = {"earlier": json.dumps({quiz["id"]: {"o1": []}})}
    assert client.post(url, hostile).status_code == 200


def test_one_answer_does_not_take_away_another(client: Client) -> None:
    first, second = learning.quiz(), learning.quiz("short")
    *_, url = made(first, second)
    page = client.post(url, {"block": first["id"], "answer": "o1"}).content.decode()
    found = re.search(r'name="earlier" value="([^"]+)"', page)
    assert found
    carried = found[1].replace("&quot;", '"')
    fields = {"block": second["id"], "answer": "spør", "earlier": carried}
    assert client.post(url, fields).content.decode().count('st-verdict" data-right') == 2


def test_a_page_before_an_answer_does_not_tell_it(client: Client) -> None:
    *_, url = made(learning.quiz())
    page = text_of(client, url)
    assert "Fordi 1." not in page
    assert "Å spørre er nok." not in page


def test_finishing_leads_on_and_at_the_end_to_the_course(client: Client) -> None:
    module = learning.module(learning.lesson(), learning.lesson())
    course = learning.course(module)
    base = f"/kurs/{course.slug}/"
    on = client.post(f"{base}{module.slug}/1/?sektor=health", {"ferdig": "1"})
    assert on["Location"] == f"{base}{module.slug}/2/?sektor=health"
    assert client.post(f"{base}{module.slug}/2/", {"ferdig": "1"})["Location"] == f"{base}?ferdig=1"
    assert 'id="through"' in text_of(client, base, ferdig="1")


def test_nothing_a_visitor_does_is_kept_or_sets_a_cookie(client: Client) -> None:
    prompt = learning.block("reflection", prompt="Hva tenker du?")
    *_, url = made(prompt)
    answer = client.post(url, {"block": prompt["id"], "answer": "Mitt"})
    assert "Mitt" in answer.content.decode()
    client.post(url, {"ferdig": "1"})
    assert not client.cookies
    assert not Answer.objects.exists()
    assert not LessonDone.objects.exists()


def test_who_has_signed_in_finds_answers_and_place_again() -> None:
    prompt = learning.block("reflection", prompt="Hva tenker du?")
    course, _module, url = made(prompt)
    kari = people.signed_in(people.person("Kari"))
    kari.post(url, {"block": prompt["id"], "answer": "Det jeg tenker"})
    page = kari.get(url)
    assert "Det jeg tenker" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert f'href="{url}#b-{prompt["id"]}"' in text_of(kari, f"/kurs/{course.slug}/")
    ola = people.signed_in(people.person("Ola"))
    assert "Det jeg tenker" not in text_of(ola, url)


def test_finishing_is_kept_for_who_has_signed_in() -> None:
    course, _module, url = made()
    kari = people.signed_in(people.person("Kari"))
    assert kari.post(url, {"ferdig": "1"}).status_code == 302
    assert LessonDone.objects.count() == 1
    assert "data-done" in text_of(kari, f"/kurs/{course.slug}/")


def test_an_answer_that_the_device_keeps_is_only_graded() -> None:
    quiz = learning.quiz()
    *_, url = made(quiz)
    kari = people.signed_in(people.person("Kari"))
    page = kari.post(url, {"block": quiz["id"], "answer": "o1", "bare_svar": "1"})
    assert "Fordi 1." in page.content.decode()
    assert not Answer.objects.exists()


def test_another_site_cannot_answer_for_somebody() -> None:
    quiz = learning.quiz()
    *_, url = made(quiz)
    kari = Client(enforce_csrf_checks=True)
    kari.force_login(people.second_factor(people.person("Kari")))
    assert kari.post(url, {"block": quiz["id"], "answer": "o1"}).status_code == 403
    assert kari.post(url, {"ferdig": "1"}).status_code == 403
    assert not Answer.objects.exists()
    assert not Progress.objects.exists()


def test_opening_a_lesson_makes_nobody_a_learner() -> None:
    *_, url = made()
    kari = people.person("Kari")
    people.signed_in(kari).get(url)
    assert not hasattr(kari, "learner")


def test_a_course_that_is_not_open_asks_to_sign_in(client: Client) -> None:
    course, _module, url = made(is_open=False)
    for path in (url, f"/kurs/{course.slug}/kurs.pdf"):
        assert client.get(path)["Location"].startswith("/konto/")
    assert client.post(url, {"ferdig": "1"}).status_code == 302
    assert client.get(f"/kurs/{course.slug}/").status_code == 200
    assert people.signed_in(people.person("Kari")).get(url).status_code == 200


def test_a_withdrawn_course_says_so_kindly(client: Client) -> None:
    course, _module, url = made(withdrawn_at=timezone.now())
    for path in (f"/kurs/{course.slug}/", url, f"/kurs/{course.slug}/kurs.pdf"):
        assert client.get(path).status_code == 410


@pytest.mark.parametrize("path", ["x/", "x/kurs.pdf", "x/y/1/"])
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/kurs/{path}").status_code == 404


def test_texts_in_another_language_are_marked(client: Client) -> None:
    course, _module, url = made()
    for path in (f"/en/kurs/{course.slug}/", f"/en{url}"):
        assert '<h1 lang="nb">' in text_of(client, path)
    assert '<h1 lang="nb">' not in text_of(client, url)
    assert 'lang="nb"><a href="/en/kurs/' in text_of(client, "/en/kurs/")


def test_a_lesson_says_what_a_device_keeps_places_with(client: Client) -> None:
    block = learning.block()
    course, module, url = made(block)
    page = text_of(client, url)
    for name, value in {
        "course": course.pk, "module": module.pk, "version": 1, "language": "nb",
        "block": block["id"], "kind": "text",
    }.items():  # fmt: skip
        assert f'data-{name}="{value}"' in page


FILM = {"title": "Film", "captions": [], "minutes": 2, "transcript": "<p>Alt som sies.</p>"}


def test_a_film_of_ours_is_loaded_only_when_asked_for(client: Client) -> None:
    film = learning.block("film", **FILM | {"src": "/media/published/a/f.mp4"})
    *_, url = made(film)
    page = text_of(client, url)
    assert "<video" not in page
    assert "f.mp4" not in page
    assert "Alt som sies." in page
    shown = client.get(url, {"film": film["id"]})
    assert '<source src="/media/published/a/f.mp4">' in shown.content.decode()
    assert "media-src 'self'" in shown["Content-Security-Policy"]


def test_a_film_elsewhere_is_a_link_that_says_so(client: Client) -> None:
    film = learning.block("film", **FILM | {"src": "", "address": "https://www.vid.example/1"})
    *_, url = made(film)
    page = text_of(client, url)
    assert 'href="https://www.vid.example/1"' in page
    assert "vid.example" in re.sub(r"<[^>]*>", "", page)
    assert "<iframe" not in page


def test_search_engines_get_the_course_as_data(client: Client) -> None:
    course, *_ = made()
    page = text_of(client, f"/kurs/{course.slug}/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["timeRequired"]) == ("Course", "PT8M")
    assert f"/nn/kurs/{course.slug}/" in page  # hreflang
    assert f"/kurs/{course.slug}/" in text_of(client, "/sitemap.xml")


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_a_course_can_be_had_on_paper(client: Client, language: str) -> None:
    course, *_ = made(*(learning.quiz(kind) for kind in KINDS), learning.block())
    answer = client.get(f"{language}/kurs/{course.slug}/kurs.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def every_kind() -> list[Block]:
    """A block of each kind."""
    return [
        learning.block(),
        learning.block("picture", src="/media/published/a/b.webp", width=4, height=3, alt="Tun"),
        learning.block("film", **FILM),
        learning.block("case", title="Anna", html="<p>Hun.</p>", questions=["Hva nå?"]),
        learning.block("reflection", prompt="Hva?"),
        learning.block("discussion", title="Snakk", html="<p>Om.</p>", minutes=5),
        *(learning.quiz(kind) for kind in KINDS),
        learning.block("checklist", title="Hos oss", points=[{"id": "p", "text": "Navn"}]),
        learning.block("download", title="Ark", src="/media/published/a/b.pdf", filename="b.pdf"),
        learning.block("services", title="Her", introduction="", needs=[], situations=[]),
    ]


def test_all_kinds_of_blocks_are_shown(client: Client) -> None:
    blocks = every_kind()
    *_, url = made(*blocks)
    page = text_of(client, url)
    for block in blocks:
        assert f'id="b-{block["id"]}"' in page
    assert "None" not in re.sub(r"<[^>]*>", "", page)


def test_a_lesson_of_all_kinds_asks_the_database_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    *_, url = made(*every_kind())
    with django_assert_num_queries(5):  # with the regions to choose among
        client.get(url)
    with django_assert_num_queries(0):
        client.get(url)


def test_headings_of_a_lesson_leave_out_no_level(client: Client) -> None:
    html = "<h3>Spør</h3><p>Alltid.</p>"
    case = learning.block("case", title="Anna", html=html, questions=[])
    *_, url = made(learning.block(html=html), case)
    page = text_of(client, url)
    assert [page.count(f"<h{level}>Spør") for level in (2, 3)] == [1, 1]


def test_an_unknown_block_is_left_out(client: Client) -> None:
    *_, url = made(learning.block("hologram", id=str(uuid4())), learning.block())
    assert client.get(url).status_code == 200
