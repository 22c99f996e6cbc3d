# ruff: noqa: ANN401  (the fields of any version pass through)
"""What is published is frozen, and counted right."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from samtun.learning.actions import publishing
from samtun.learning.content import CourseContent, ModuleContent
from samtun.learning.errors import LearningError
from samtun.learning.models import Course, CourseVersion, Module, ModuleVersion
from samtun.organisations.models import Organization
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import learning
from tests.factories import people as someone

pytestmark = pytest.mark.django_db


def words(title: str = "Å se de pårørende", minutes: int = 4) -> ModuleContent:
    lesson = learning.lesson(learning.block())
    lesson |= {"id": "hvem", "title": title, "minutes": minutes}
    lesson["blocks"][0]["id"] = "spor"
    return {"title": title, "summary": "", "goals": [], "lessons": [lesson], "sources": []}


def course_words(*modules: Module, title: str = "Å se de pårørende") -> CourseContent:
    return {
        "title": title,
        "summary": "",
        "for_whom": "",
        "goals": [],
        "picture": {},
        "modules": [str(one.pk) for one in modules],
        "authors": "",
        "sources": [],
    }


def kari_publishes(module_id: UUID | None = None, **fields: Any) -> ModuleVersion:
    key = module_id or uuid4()
    values: dict[str, Any] = {
        "slug": f"modul-{key}",
        "organization": Organization.objects.first() or make.organization(),
        "language": "nb",
        "content": words(),
        "is_substantial": False,
        "what_changed": "",
        "by": someone.person(),
        "is_original": True,
    }
    return publishing.publish_module(module_id=key, **values | fields)


def kari_publishes_course(*modules: Module, **fields: Any) -> CourseVersion:
    key = fields.pop("course_id", uuid4())
    values: dict[str, Any] = {
        "slug": f"kurs-{key}",
        "organization": modules[0].organization,
        "language": "nb",
        "content": course_words(*modules),
        "sectors": ["health"],
        "themes": ["seeing"],
        "company": "both",
        "is_open": True,
        "position": 1,
        "is_substantial": False,
        "what_changed": "",
        "by": someone.person(),
        "is_original": True,
    }
    return publishing.publish_course(course_id=key, **values | fields)


def test_the_first_publication_is_number_one_of_edition_one() -> None:
    version = kari_publishes()
    assert (version.number, version.edition, version.is_current) == (1, 1, True)
    assert version.module.minutes == 4
    assert version.digest == publishing.digest_of(words())
    assert AuditEvent.objects.get(action="module.published").object_id == str(version.module.pk)


def test_the_same_content_again_makes_no_new_version() -> None:
    first = kari_publishes()
    second = kari_publishes(first.module.pk, is_substantial=True)
    assert second.pk == first.pk
    assert Module.objects.get().edition == 1


def test_a_correction_keeps_the_edition() -> None:
    first = kari_publishes()
    second = kari_publishes(first.module.pk, content=words("Rettet"), what_changed="Skrivefeil")
    first.refresh_from_db()
    assert (second.number, second.edition, second.what_changed) == (2, 1, "Skrivefeil")
    assert (first.is_current, second.is_current) == (False, True)


def test_a_substantial_revision_raises_the_edition_of_the_module_and_its_courses() -> None:
    module = kari_publishes().module
    course = kari_publishes_course(module).course
    other = learning.course()
    version = kari_publishes(module.pk, content=words("Nytt"), is_substantial=True)
    assert (version.edition, version.is_substantial) == (2, True)
    course.refresh_from_db()
    other.refresh_from_db()
    assert (course.edition, other.edition) == (2, 1)


def test_a_translation_never_raises_the_edition() -> None:
    module = kari_publishes().module
    for title in ("Sjå dei pårørande", "Sjå dei"):
        version = kari_publishes(
            module.pk, language="nn", content=words(title, 9), is_substantial=True,
            is_original=False,
        )  # fmt: skip
    module.refresh_from_db()
    assert (version.number, version.edition, version.is_substantial) == (2, 1, False)
    assert (module.edition, module.minutes, module.language) == (1, 4, "nb")


def test_a_course_has_the_modules_of_its_original_in_order() -> None:
    one, two = kari_publishes().module, kari_publishes(content=words(minutes=7)).module
    course = kari_publishes_course(two, one).course
    kari_publishes_course(
        one, course_id=course.pk, language="nn", is_original=False, sectors=["school"]
    )
    course.refresh_from_db()
    links = course.course_modules.order_by("position").values_list("module", flat=True)
    assert [*links] == [two.pk, one.pk]
    assert (course.minutes, course.sectors) == (11, ["health"])


def test_a_module_that_grows_makes_its_course_longer() -> None:
    module = kari_publishes().module
    course = kari_publishes_course(module).course
    kari_publishes(module.pk, content=words(minutes=12))
    course.refresh_from_db()
    assert course.minutes == 12


def test_a_course_is_not_published_before_its_modules() -> None:
    module = kari_publishes().module
    withdrawn = kari_publishes().module
    publishing.withdraw(module=withdrawn, by=None)
    with pytest.raises(LearningError):
        kari_publishes_course(module, withdrawn)
    assert not Course.objects.exists()


@pytest.mark.parametrize("slug", ["mitt", "bevis", "med", "sporsmaal", "opptatt"])
def test_an_address_that_is_taken_is_refused(slug: str) -> None:
    module = kari_publishes().module
    kari_publishes_course(module, slug="opptatt")
    with pytest.raises(LearningError):
        kari_publishes_course(module, slug=slug)


def test_withdrawn_and_published_again_it_is_the_same_version() -> None:
    module = kari_publishes().module
    version = kari_publishes_course(module)
    publishing.withdraw(course=version.course, by=None)
    assert Course.objects.get().withdrawn_at
    course = version.course
    again = kari_publishes_course(module, course_id=course.pk, slug=course.slug)
    assert again.pk == version.pk
    assert Course.objects.get().withdrawn_at is None


def test_one_language_can_be_withdrawn_and_come_back() -> None:
    module = kari_publishes().module
    nynorsk = kari_publishes(module.pk, language="nn", is_original=False)
    publishing.withdraw(module=module, language="nn", by=None)
    module.refresh_from_db()
    assert module.withdrawn_at is None
    assert [*module.versions.filter(is_current=True).values_list("language", flat=True)] == ["nb"]
    kari_publishes(module.pk, language="nn", is_original=False)
    nynorsk.refresh_from_db()
    assert nynorsk.is_current


def test_a_module_of_a_course_is_not_withdrawn() -> None:
    module = kari_publishes().module
    course = kari_publishes_course(module).course
    with pytest.raises(LearningError, match=course.slug):
        publishing.withdraw(module=module, by=None)
    publishing.withdraw(course=course, by=None)
    publishing.withdraw(module=module, by=None)


CHANGES = [
    ("content", {"title": "Noe annet"}),
    ("number", 9),
    ("edition", 9),
    ("digest", "0"),
    ("language", "en"),
    ("what_changed", "Ingenting"),
    ("is_substantial", True),
]


@pytest.mark.parametrize(("field", "value"), CHANGES)
@pytest.mark.parametrize("model", [CourseVersion, ModuleVersion])
def test_the_database_refuses_to_change_a_version(model: Any, field: str, value: object) -> None:
    kari_publishes_course(kari_publishes().module)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        model.objects.update(**{field: value})


@pytest.mark.parametrize("model", [CourseVersion, ModuleVersion])
def test_the_database_refuses_to_delete_a_version(model: Any) -> None:
    kari_publishes_course(kari_publishes().module)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_a_version_stays_when_its_publisher_leaves() -> None:
    version = kari_publishes()
    assert version.published_by
    version.published_by.delete()
    version.refresh_from_db()
    assert version.published_by is None
