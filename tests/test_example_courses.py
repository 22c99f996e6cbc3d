"""What the example courses promise: whole, right, easy to read, and never leaving anybody alone."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samtun.learning.enums import BlockKind, Company, QuizKind, Sector, Theme
from samtun.organisations.reference import rows
from tests.readability import lix

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = CHECKOUT / "examples" / "valdres" / "courses"
ORGANISATIONS = CHECKOUT / "examples" / "valdres" / "organisations"
DATA = CHECKOUT / "src" / "samtun" / "directory" / "data"
LANGUAGES = ("nb", "nn", "en")
HARDEST = 40.0
RESERVED = {"mitt", "bevis", "med", "sporsmaal"}
ALSO_IN_NYNORSK = {
    "a-se-de-parorende",
    "barn-som-parorende-helse",
    "barn-som-parorende-skole-barnehage",
}
LONGEST = {"text": 300, "match": 300, "feedback": 500, "question": 500, "prompt": 1000}
NUMBERS = {
    *("112", "113", "116 117", "116 111", "116 123"),
    *("90 90 48 48", "22 40 00 40", "22 36 17 00", "21 49 49 21"),
}
NUMBER = re.compile(r"\b(?:116 ?\d{3}|\d\d \d\d \d\d \d\d|11[0-9])\b")
DANGER = re.compile(r"ta(?:tt|kke|kkje)? (?:livet|sitt eget liv)|selvmord|sjølvmord")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


COURSES: list[dict[str, Any]] = _read(FOLDER / "courses.toml")["course"]
MODULES = {path.stem: _read(path) for path in sorted((FOLDER / "modules").glob("*.toml"))}
LESSONS = [(slug, lesson) for slug, module in MODULES.items() for lesson in module["lesson"]]
BLOCKS = [(slug, block) for slug, lesson in LESSONS for block in lesson["block"]]
QUIZZES = [(slug, block) for slug, block in BLOCKS if block["kind"] == BlockKind.QUIZ]

each_course = pytest.mark.parametrize("course", COURSES, ids=lambda one: one["slug"])
each_module = pytest.mark.parametrize("slug", MODULES)


def tables(thing: object) -> Iterator[dict[str, Any]]:
    """Every text of `thing`, as a table of languages."""
    if isinstance(thing, dict) and thing and set(thing) <= set(LANGUAGES):
        yield thing
    elif isinstance(thing, dict):
        yield from (table for value in thing.values() for table in tables(value))
    elif isinstance(thing, list):
        yield from (table for value in thing for table in tables(value))


def lines(thing: object, language: str) -> list[str]:
    """What is read of `thing` in one language."""
    found: list[str] = []
    for table in tables(thing):
        text = table.get(language, "")
        values = text.values() if isinstance(text, dict) else [text]
        for value in values:
            found += value if isinstance(value, list) else value.splitlines()
    return found


def languages(module: dict[str, Any]) -> set[str]:
    """Those in which some text of a module is written."""
    return {language for table in tables(module) for language in table}


def codes(name: str) -> set[str]:
    """Every code of a vocabulary."""
    return {row["code"] for row in rows(DATA / f"{name}.tsv")}


def minutes(course: dict[str, Any]) -> int:
    """How long a course takes."""
    return sum(
        lesson["minutes"] for slug in course["modules"] for lesson in MODULES[slug]["lesson"]
    )


def test_there_are_six_to_eight_courses_and_no_module_is_left_over() -> None:
    assert 6 <= len(COURSES) <= 8
    assert {slug for course in COURSES for slug in course["modules"]} == set(MODULES)
    assert all(slug == module["slug"] for slug, module in MODULES.items())


def test_courses_have_their_own_slugs_and_places() -> None:
    slugs = [course["slug"] for course in COURSES]
    assert len(set(slugs)) == len(slugs)
    assert not RESERVED & set(slugs)
    assert [course["position"] for course in COURSES] == list(range(1, len(COURSES) + 1))


@each_course
def test_a_course_uses_words_that_exist(course: dict[str, Any]) -> None:
    assert course["sectors"]
    assert set(course["sectors"]) <= set(Sector.values)
    assert course["themes"]
    assert set(course["themes"]) <= set(Theme.values)
    assert course["company"] in Company.values
    assert (ORGANISATIONS / f"{course['organization']}.toml").exists()


@each_course
def test_a_course_says_what_it_is_in_every_language_it_has(course: dict[str, Any]) -> None:
    assert "nb" in course["text"]
    for text in course["text"].values():
        assert all(text[key] for key in ("title", "summary", "for_whom", "goals", "authors"))
    if course["slug"] in ALSO_IN_NYNORSK:
        assert "nn" in course["text"]


@each_course
def test_a_course_fits_a_break(course: dict[str, Any]) -> None:
    assert 8 <= minutes(course) <= 25
    assert 1 <= len(course["modules"]) <= 3


@each_course
def test_every_lesson_shows_something_to_each_sector(course: dict[str, Any]) -> None:
    for sector in course["sectors"]:
        for slug in course["modules"]:
            for lesson in MODULES[slug]["lesson"]:
                seen = [b for b in lesson["block"] if sector in b.get("sectors", [sector])]
                assert len(seen) >= 3, (slug, lesson["id"], sector)


@each_module
def test_a_module_is_whole_in_every_language_it_has(slug: str) -> None:
    module = MODULES[slug]
    wanted = languages(module)
    assert "nb" in wanted
    for table in tables(module):
        assert set(table) == wanted, table
        assert all(table.values()), table


@each_course
def test_modules_of_courses_in_nynorsk_are_too(course: dict[str, Any]) -> None:
    if course["slug"] in ALSO_IN_NYNORSK:
        assert all("nn" in languages(MODULES[slug]) for slug in course["modules"])


@each_module
def test_ids_are_unique_and_short(slug: str) -> None:
    lessons = MODULES[slug]["lesson"]
    blocks = [block for lesson in lessons for block in lesson["block"]]
    named = [[*lessons, *blocks]]
    named += [block.get(key, []) for block in blocks for key in ("option", "point")]
    for things in named:
        ids = [one["id"] for one in things]
        assert len(set(ids)) == len(ids), ids
        assert all(re.fullmatch(r"[a-z0-9-]{1,36}", one) for one in ids), ids


@each_module
def test_a_module_has_a_few_short_lessons(slug: str) -> None:
    lessons = MODULES[slug]["lesson"]
    assert 2 <= len(lessons) <= 4
    assert all(3 <= lesson["minutes"] <= 6 for lesson in lessons)


@each_module
def test_a_module_has_sources_with_address_and_the_day_they_were_read(slug: str) -> None:
    assert MODULES[slug]["source"]
    for source in MODULES[slug]["source"]:
        assert all(source[key] for key in ("title", "publisher", "year"))
        assert source["url"].startswith("https://")
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", source["read_on"])


@pytest.mark.parametrize(("slug", "lesson"), LESSONS, ids=lambda one: str(one)[:30])
def test_a_lesson_is_easy_to_read(slug: str, lesson: dict[str, Any]) -> None:
    for language in languages(MODULES[slug]):
        assert lix(lines(lesson, language)).lix <= HARDEST


@each_course
def test_what_is_said_of_a_course_is_easy_to_read(course: dict[str, Any]) -> None:
    for language in course["text"]:
        assert lix(lines(course["text"], language)).lix <= HARDEST


def test_all_kinds_of_blocks_and_of_questions_are_used() -> None:
    wanted = set(BlockKind.values) - {BlockKind.FILM}  # there is no film of ours to show
    assert wanted <= {block["kind"] for _, block in BLOCKS} <= set(BlockKind.values)
    assert {block["quiz"] for _, block in QUIZZES} == set(QuizKind.values)


@pytest.mark.parametrize(("slug", "block"), BLOCKS, ids=lambda one: str(one)[:40])
def test_a_block_uses_codes_and_files_that_exist(slug: str, block: dict[str, Any]) -> None:
    assert set(block.get("sectors", [])) <= set(Sector.values), slug
    assert set(block.get("needs", [])) <= codes("needs")
    assert set(block.get("situations", [])) <= codes("target_groups")
    folder = {BlockKind.DOWNLOAD: "files", BlockKind.PICTURE: "pictures"}.get(block["kind"])
    if folder:
        assert (FOLDER / folder / block["file"]).is_file()


@pytest.mark.parametrize(("slug", "block"), QUIZZES, ids=lambda one: str(one)[:40])
def test_a_question_can_be_answered_and_every_answer_is_met(
    slug: str, block: dict[str, Any]
) -> None:
    options = block["option"]
    right = sum(option.get("is_right", False) for option in options)
    assert all(option["feedback"]["nb"] for option in options), slug
    assert block["explanation"]["nb"]
    if block["quiz"] == QuizKind.ONE:
        assert right == 1
    if block["quiz"] == QuizKind.MANY:
        assert right >= 2
    if block["quiz"] == QuizKind.MATCH:
        assert all(option["match"]["nb"] for option in options)
    if block["quiz"] != QuizKind.SHORT:
        assert len(options) >= 3


@pytest.mark.parametrize(("slug", "block"), BLOCKS, ids=lambda one: str(one)[:40])
def test_short_texts_are_as_short_as_the_editor_allows(slug: str, block: dict[str, Any]) -> None:
    parts = [*block.get("option", []), *block.get("point", [])]
    if block["kind"] in {BlockKind.QUIZ, BlockKind.REFLECTION}:
        parts.append(block)
    for part in parts:
        for key, longest in LONGEST.items():
            assert all(len(text) <= longest for text in part.get(key, {}).values()), (slug, key)


def test_numbers_to_call_are_real_ones_we_know() -> None:
    texts = [line for language in LANGUAGES for line in lines(MODULES, language)]
    assert {number for text in texts for number in NUMBER.findall(text)} - NUMBERS <= {
        "116117",
        "116111",
        "116123",
    }


def test_where_suicide_is_mentioned_it_says_whom_to_call() -> None:
    mentioned = 0
    for slug, block in BLOCKS:
        if block["kind"] != BlockKind.TEXT:
            continue
        for text in block["text"].values():
            if DANGER.search(text):
                mentioned += 1
                assert "113" in text, slug
                assert "116 1" in text, slug
    assert mentioned >= 4
