"""What readers get of courses: the right language, what is for them, and what it costs."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.learning.models import Course, CourseModule, CourseVersion
from samtun.learning.queries.courses import (
    catalogue,
    course_page,
    lesson_page,
    open_courses,
    steps_of,
)
from samtun.organisations import recent
from tests.factories import learning

pytestmark = pytest.mark.django_db


def translated(course: Course, language: str, title: str) -> None:
    """The course in one more language; its modules stay as they are."""
    content = course.versions.get(is_current=True).content | {"title": title}
    CourseVersion.objects.create(
        course=course, language=language, number=1, edition=1, content=content, digest="d"
    )


def slugs(**asked: str) -> list[str]:
    return [card.slug for card in catalogue(**{"language": "nb"} | asked)]


def test_the_catalogue_is_narrowed_in_each_way() -> None:
    short = learning.course(slug="kort", minutes=10, themes=["children"], company="alone")
    learning.course(slug="lang", minutes=21, sectors=["school"], themes=["work"])
    middle = learning.course(slug="middels", minutes=11, company="together", sectors=["school"])
    translated(middle, "nn", "Nynorsk")
    assert slugs() == ["kort", "lang", "middels"]
    assert slugs(minutes="short") == [short.slug]
    assert slugs(minutes="middle") == [middle.slug]
    assert slugs(minutes="long") == ["lang"]
    assert slugs(sector="school") == ["lang", "middels"]
    assert slugs(theme="children") == ["kort"]
    assert slugs(company="alone") == ["kort", "lang"]
    assert slugs(form="nn") == ["middels"]
    assert slugs(sector="school", company="together", minutes="short") == []


def test_a_withdrawn_course_is_not_offered_but_known() -> None:
    course = learning.course(withdrawn_at=timezone.now())
    assert slugs() == []
    page = course_page(course.slug, "nb")
    assert page is not None
    assert page.is_withdrawn


def test_what_was_never_published_is_not_known() -> None:
    course = learning.course()
    course.versions.update(is_current=False)
    recent.forget()
    assert slugs() == []
    assert course_page(course.slug, "nb") is None
    assert course_page("finnes-ikke", "nb") is None


@pytest.mark.parametrize(
    ("has", "reader", "gets"),
    [
        (("nb",), "nn", "nb"),
        (("nn",), "nb", "nn"),
        (("nb", "nn"), "nn", "nn"),
        (("nb", "nn"), "en", "nb"),
        (("nb", "en"), "en", "en"),
    ],
)
def test_a_reader_gets_the_nearest_language(has: tuple[str, ...], reader: str, gets: str) -> None:
    first, *others = has
    course = learning.course(learning.module(language=first), language=first)
    for language in others:
        translated(course, language, language)
    page = course_page(course.slug, reader)
    assert page is not None
    assert (page.card.language, set(page.card.languages)) == (gets, set(has))


def test_a_lesson_shows_what_is_for_the_sectors_of_its_course() -> None:
    for_all, school = learning.block(), learning.block(sectors=("school",))
    nursery, health = learning.block(sectors=("kindergarten",)), learning.block(sectors=("health",))
    module = learning.module(learning.lesson(for_all, school, nursery, health))
    course = learning.course(module, sectors=["school", "kindergarten"])

    def shown(*sectors: str) -> list[str]:
        page = lesson_page(course.slug, module.slug, 1, "nb", sectors)
        assert page is not None
        return [block["id"] for block in page.blocks]

    assert shown() == [for_all["id"], school["id"], nursery["id"]]
    assert shown("school") == [for_all["id"], school["id"]]
    assert shown("health") == shown()  # no sector of this course: as if not asked


def test_a_lesson_with_nothing_for_the_course_is_left_out() -> None:
    other = learning.lesson(learning.block(sectors=("school",)))
    own = learning.lesson(learning.block(sectors=("health",)))
    module = learning.module(other, own)
    course = learning.course(module, sectors=["health"])
    page = lesson_page(course.slug, module.slug, 1, "nb")
    assert page is not None
    assert (page.lesson["id"], page.total) == (own["id"], 1)


def test_the_way_goes_through_all_modules() -> None:
    first, second = learning.module(learning.lesson()), learning.module(learning.lesson())
    course = learning.course(first, second)
    page = lesson_page(course.slug, second.slug, 1, "nb")
    assert page is not None
    assert (page.position, page.total, page.next) == (2, 2, None)
    assert page.previous is not None
    assert page.previous.module.slug == first.slug


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_lesson_that_is_not_there_is_none(number: int) -> None:
    course = learning.course(module := learning.module())
    assert lesson_page(course.slug, module.slug, number, "nb") is None
    assert lesson_page(course.slug, "annen", 1, "nb") is None


def test_a_withdrawn_module_is_left_out() -> None:
    gone = learning.module(withdrawn_at=timezone.now())
    course = learning.course(gone, kept := learning.module())
    page = course_page(course.slug, "nb")
    assert page is not None
    assert {step.module.slug for step in steps_of(page)} == {kept.slug}


@pytest.mark.parametrize("modules", [1, 12])
def test_a_lesson_costs_four_queries_and_then_none(
    django_assert_num_queries: DjangoAssertNumQueries, modules: int
) -> None:
    made = [learning.module() for _ in range(modules)]
    course = learning.course(*made)
    with django_assert_num_queries(4):
        lesson_page(course.slug, made[0].slug, 1, "nb")
    with django_assert_num_queries(0):
        lesson_page(course.slug, made[-1].slug, 2, "nb", ["health"])


@pytest.mark.parametrize("courses", [1, 30])
def test_the_catalogue_costs_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries, courses: int
) -> None:
    for _ in range(courses):
        learning.course()
    with django_assert_num_queries(2):
        assert len(catalogue(language="nb")) == courses


def test_only_open_courses_are_told_to_search_engines() -> None:
    course = learning.course()
    learning.course(is_open=False)
    learning.course(withdrawn_at=timezone.now())
    assert [slug for slug, _ in open_courses()] == [course.slug]


def test_modules_come_in_the_order_of_the_course() -> None:
    first, second = learning.module(), learning.module()
    course = learning.course(second, first)
    assert CourseModule.objects.filter(course=course).count() == 2
    page = course_page(course.slug, "nb")
    assert page is not None
    assert [module.slug for module in page.modules] == [second.slug, first.slug]
