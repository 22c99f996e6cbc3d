"""Courses from files become pages, and are published."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as checkout
from django.utils import translation

from samtun.editorial.files import loading, reading
from samtun.editorial.models import ModulePage
from samtun.learning.models import Course, CourseVersion, ModuleVersion
from samtun.organisations.identifiers import derived_id
from tests.factories import directory as make

EXAMPLE = Path(checkout.EXAMPLE_DIR) / "courses"
COURSE = """
[[course]]
slug = "a-se"
organization = "senteret"
language = "nb"
sectors = ["health"]
company = "both"
modules = ["hvem"]
[course.text.nb]
title = "Å se"
summary = "Kort."
"""
MODULE = """
slug = "hvem"
language = "nb"
[text.nb]
title = "Hvem"
summary = "Kort."
[text.nn]
title = "Kven"
summary = "Kort."
[[lesson]]
id = "en"
minutes = 3
title = {nb = "En", nn = "Ein"}
[[lesson.block]]
id = "tekst"
kind = "text"
text = {nb = "Spør **nå**.", nn = "Spør **no**."}
[[lesson.block]]
id = "quiz"
kind = "quiz"
quiz = "one"
question = {nb = "Hva?", nn = "Kva?"}
[[lesson.block.option]]
id = "ja"
text = {nb = "Ja", nn = "Ja"}
is_right = true
[[lesson.block.option]]
id = "nei"
text = {nb = "Nei", nn = "Nei"}
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:  # noqa: ANN401
    settings.MEDIA_ROOT = tmp_path / "media"
    place = tmp_path / "courses"
    (place / "modules").mkdir(parents=True)
    (place / "courses.toml").write_text(COURSE, encoding="utf-8")
    (place / "modules" / "hvem.toml").write_text(MODULE, encoding="utf-8")
    return place


def centre() -> None:
    key = derived_id("organization", "valdres", "senteret")
    make.organization(municipality=make.municipality(), pk=key)


@pytest.mark.django_db
def test_loading_publishes_each_language_and_the_second_time_nothing(folder: Path) -> None:
    centre()
    loaded = loading.load(folder, region="valdres")
    assert (loaded.problems, loaded.published) == ([], 3)
    bokmal, nynorsk = ModuleVersion.objects.order_by("pk")
    assert (bokmal.language, nynorsk.language) == ("nb", "nn")
    assert bokmal.content["lessons"][0]["blocks"][0]["value"]["html"] == (
        "<p>Spør <strong>nå</strong>.</p>"
    )
    ids = [
        [block["id"] for block in one.content["lessons"][0]["blocks"]] for one in (bokmal, nynorsk)
    ]
    assert ids[0] == ids[1]
    assert CourseVersion.objects.get().content["modules"] == [str(bokmal.module.pk)]
    assert loading.load(folder, region="valdres").published == 0
    assert ModulePage.objects.count() == 2


@pytest.mark.django_db
def test_what_has_changed_is_published_anew_without_asking_anybody_again(folder: Path) -> None:
    centre()
    loading.load(folder, region="valdres")
    path = folder / "modules" / "hvem.toml"
    path.write_text(MODULE.replace("Spør **nå**.", "Spør!"), encoding="utf-8")
    assert loading.load(folder, region="valdres").published == 1
    latest = ModuleVersion.objects.filter(language="nb").latest("number")
    assert (latest.number, latest.edition) == (2, 1)


@pytest.mark.django_db
def test_an_organisation_that_is_not_there_is_said(folder: Path) -> None:
    problems = loading.load(folder, region="valdres").problems
    assert ["senteret" in str(one) for one in problems] == [True]
    assert not Course.objects.exists()


WRONG = [
    ('kind = "text"', 'kind = "song"', "hvem.toml:15: unknown kind “song”"),
    ("is_right = true", "", "hvem.toml:19: Exactly one answer must be right."),
    ('id = "quiz"', 'id = "tekst"', "the id “tekst” is there twice"),
    ("minutes = 3", "", "hvem.toml:11: a lesson needs minutes"),
    ('question = {nb = "Hva?", nn = "Kva?"}', "", "question is missing"),
    ("[text.nb]", "[text.nb", "hvem.toml: "),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_what_is_wrong_is_said_with_file_and_line(
    folder: Path, right: str, wrong: str, said: str
) -> None:
    path = folder / "modules" / "hvem.toml"
    path.write_text(MODULE.replace(right, wrong, 1), encoding="utf-8")
    with translation.override("en"):  # as the command does
        found = reading.read(folder)
    assert any(said in str(problem) for problem in found.problems)
    assert any("courses.toml:3: the module “hvem”" in str(one) for one in found.problems)
    assert (found.courses, found.modules) == ([], {})


def test_a_language_counts_only_when_all_is_written_in_it(folder: Path) -> None:
    path = folder / "modules" / "hvem.toml"
    path.write_text(MODULE.replace(', nn = "Kva?"', ""), encoding="utf-8")
    assert reading.read(folder).modules["hvem"].languages == ("nb",)


def test_the_courses_of_the_example_can_all_be_loaded() -> None:
    found = reading.read(EXAMPLE)
    assert found.problems == []
    assert len(found.courses) >= 6
