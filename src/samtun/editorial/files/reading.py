"""Reads and checks course files. One bad file never stops the others; see `docs/operations.md`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samtun.editorial.blocks import quiz_error
from samtun.editorial.files.problems import Problem, Source
from samtun.learning.enums import BlockKind, Company, QuizKind, Sector, Theme
from samtun.organisations.enums import Language

Entry = dict[str, Any]
_LONGEST_ID = 36
# What a block of each kind must have, in words (one a language) and otherwise.
_WORDS: dict[str, tuple[str, ...]] = {
    BlockKind.TEXT: ("text",),
    BlockKind.PICTURE: ("alt",),
    BlockKind.FILM: ("title", "transcript"),
    BlockKind.CASE: ("title", "text"),
    BlockKind.REFLECTION: ("prompt",),
    BlockKind.DISCUSSION: ("title", "text"),
    BlockKind.QUIZ: ("question",),
    BlockKind.CHECKLIST: ("title",),
    BlockKind.DOWNLOAD: ("title",),
    BlockKind.SERVICES: ("title",),
}
_FACTS: dict[str, tuple[str, ...]] = {
    BlockKind.PICTURE: ("file",),
    BlockKind.FILM: ("minutes",),
    BlockKind.DISCUSSION: ("minutes",),
    BlockKind.QUIZ: ("quiz", "option"),
    BlockKind.CHECKLIST: ("point",),
    BlockKind.DOWNLOAD: ("file",),
}


@dataclass(frozen=True, slots=True)
class ReadModule:
    """A module that can be loaded, in the languages in which all of it is written."""

    slug: str
    language: str
    languages: tuple[str, ...]  # the original first
    entry: Entry


@dataclass(frozen=True, slots=True)
class ReadCourse:
    """A course that can be loaded; all its modules can."""

    slug: str
    language: str
    languages: tuple[str, ...]
    entry: Entry


@dataclass(slots=True)
class Read:
    """What a folder holds."""

    folder: Path
    courses: list[ReadCourse] = field(default_factory=list)
    modules: dict[str, ReadModule] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path) -> Read:
    """Everything in `folder` (courses.toml, modules/) that can be loaded, and what is wrong."""
    found = Read(folder)
    for path in sorted((folder / "modules").glob("*.toml")):
        source, entry = _parsed(path)
        if not source.problems and (module := _module(source, entry, folder)):
            found.modules[module.slug] = module
        found.problems += source.problems
    source, told = _parsed(folder / "courses.toml")
    for entry in told.get("course", []):
        if course := _course(source, entry, found.modules):
            found.courses.append(course)
    found.problems += source.problems
    return found


def _parsed(path: Path) -> tuple[Source, Entry]:
    try:
        source = Source(path, path.read_text(encoding="utf-8"))
        return source, tomllib.loads(source.text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Source(path, "", [Problem(path.name, 0, str(error))]), {}


def _module(source: Source, entry: Entry, folder: Path) -> ReadModule | None:
    _check_ids(source, entry)
    for lesson in _listed(source, entry, "lesson"):
        _check_words(source, lesson, ("title",))
        if not isinstance(lesson.get("minutes"), int):
            source.wrong("a lesson needs minutes", at=str(lesson.get("id", "")))
        for block in _listed(source, lesson, "block"):
            _check_block(source, block, folder)
    _check_texts(source, entry, ("title", "summary"))
    if source.problems:
        return None
    languages = _languages(entry, entry["text"], list(_texts_of_lessons(entry)))
    return ReadModule(entry["slug"], entry["language"], languages, entry)


def _course(source: Source, entry: Entry, modules: dict[str, ReadModule]) -> ReadCourse | None:
    before = len(source.problems)
    slug = str(entry.get("slug", ""))
    _check_texts(source, entry, ("title", "summary"))
    for name, words in (("sectors", Sector), ("themes", Theme)):
        if unknown := set(entry.get(name, [])) - set(words.values):
            source.wrong(f"unknown {name}: {', '.join(sorted(unknown))}", at=slug)
    if entry.get("company") not in Company.values:
        source.wrong("company is alone, together or both", at=slug)
    for name in entry.get("modules", []) or [""]:
        if name not in modules:
            source.wrong(f"the module “{name}” is missing or cannot be loaded", at=slug)
    if len(source.problems) > before:
        return None
    return ReadCourse(slug, entry["language"], _languages(entry, entry["text"], []), entry)


def _check_texts(source: Source, entry: Entry, names: tuple[str, ...]) -> None:
    """Slug, language and the words of the whole."""
    slug, language = str(entry.get("slug", "")), entry.get("language")
    if not slug:
        source.wrong("slug is missing")
    if language not in Language.values:
        source.wrong("language is nb, nn or en", at=slug)
    original = entry.get("text", {}).get(language, {})
    for name in names:
        if not original.get(name):
            source.wrong(f"text.{language}.{name} is missing", at=slug)


def _check_ids(source: Source, entry: Entry) -> None:
    seen: set[str] = set()
    for one in _entries(entry):
        key = str(one.get("id", ""))
        if not key or len(key) > _LONGEST_ID:
            source.wrong(f"an id of 1 to {_LONGEST_ID} characters is needed", at=key)
        elif key in seen:
            source.wrong(f"the id “{key}” is there twice", at=key)
        seen.add(key)


def _entries(entry: Entry) -> Iterator[Entry]:
    for lesson in entry.get("lesson", []):
        yield lesson
        yield from lesson.get("block", [])


def _listed(source: Source, entry: Entry, name: str) -> list[Entry]:
    found: list[Entry] = entry.get(name, [])
    if not found:
        source.wrong(f"there is no [[{name}]]", at=str(entry.get("id", entry.get("slug", ""))))
    return found


def _check_block(source: Source, block: Entry, folder: Path) -> None:
    key, kind = str(block.get("id", "")), block.get("kind")
    if kind not in _WORDS:
        source.wrong(f"unknown kind “{kind}”", at=key)
        return
    _check_words(source, block, _WORDS[kind])
    for name in _FACTS.get(kind, ()):
        if name not in block:
            source.wrong(f"{name} is missing", at=key)
    if unknown := set(block.get("sectors", [])) - set(Sector.values):
        source.wrong(f"unknown sectors: {', '.join(sorted(unknown))}", at=key)
    if (file := block.get("file")) and not _file(folder, kind, file).is_file():
        source.wrong(f"there is no file “{file}”", at=key)
    if kind == BlockKind.QUIZ:
        _check_quiz(source, block, key)


def _file(folder: Path, kind: str, name: str) -> Path:
    return folder / ("pictures" if kind == BlockKind.PICTURE else "files") / name


def _check_quiz(source: Source, block: Entry, key: str) -> None:
    options = [{"is_right": False, "match": ""} | one for one in block.get("option", [])]
    if block.get("quiz") not in QuizKind.values:
        source.wrong(f"unknown quiz “{block.get('quiz')}”", at=key)
    elif error := quiz_error(block["quiz"], options):
        source.wrong(error, at=key)


def _check_words(source: Source, entry: Entry, names: tuple[str, ...]) -> None:
    for name in names:
        if not isinstance(entry.get(name), dict) or not entry[name]:
            source.wrong(f"{name} is missing, or is not written as {name}.nb", at=str(entry["id"]))


def _texts_of_lessons(entry: Entry) -> Iterator[Entry]:
    """Every table of one text in several languages, however deep."""
    for value in entry.get("lesson", []):
        yield from _texts(value)


def _texts(value: Any) -> Iterator[Entry]:  # noqa: ANN401  (TOML)
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        if value and value.keys() <= set(Language.values):
            yield value
        else:
            for one in value.values():
                yield from _texts(one)


def _languages(entry: Entry, words: Entry, texts: list[Entry]) -> tuple[str, ...]:
    """Those in which everything is written, the original first."""
    original = entry["language"]
    others = [
        language
        for language in Language.values
        if language != original
        and words.get(language, {}).keys() >= words[original].keys() - {"authors"}
        and all(language in text for text in texts)
    ]
    return (original, *others)
