"""The shape of published content: plain data, so that it can be frozen, compared and shown.

A module in one language is a `ModuleContent`. Ids of lessons and blocks are the same in all its
languages and versions, so that answers and places hold across them. Rich text is sanitised HTML
(`p h3 ul ol li strong em a blockquote`); everything else is plain text.
"""

from collections.abc import Collection, Iterator
from typing import Any, TypedDict


class Block(TypedDict):
    """A piece of a lesson; `value` depends on `kind` (`BlockKind`).

    - text: `{"html"}`
    - picture: `{"src", "width", "height", "alt", "caption", "credit"}`
    - film: `{"title", "src" (a file of ours) | "address" (elsewhere), "poster", "minutes",
      "captions": [{"language", "src"}], "transcript" (html)}`
    - case: `{"title", "html", "questions": [text]}`
    - reflection: `{"prompt"}`
    - discussion: `{"title", "html", "minutes"}`
    - quiz: `{"quiz": QuizKind, "question", "options": [Option], "explanation" (html)}`
      - one, many: an option's `is_right`; order: the options stand in the right order; match: each
        option's `match` is what belongs to it; short: each option's `text` is an accepted answer
    - checklist: `{"title", "introduction", "points": [{"id", "text"}]}`
    - download: `{"title", "src", "filename", "size" (bytes)}`
    - services: `{"title", "introduction", "needs": [code], "situations": [code]}`
    """

    id: str
    kind: str
    sectors: list[str]  # empty: for all
    value: dict[str, Any]


class Option(TypedDict):
    """A possible answer of a quiz."""

    id: str
    text: str
    is_right: bool
    match: str
    feedback: str


class Lesson(TypedDict):
    """One sitting: read, think, answer."""

    id: str
    title: str
    minutes: int
    blocks: list[Block]


class ModuleContent(TypedDict):
    """A module in one language."""

    title: str
    summary: str
    goals: list[str]  # what one can do afterwards
    lessons: list[Lesson]
    sources: list[dict[str, str]]  # {"title", "publisher", "year", "url", "read_on"}


class CourseContent(TypedDict):
    """A course in one language; `modules` are the ids of its modules in order."""

    title: str
    summary: str
    for_whom: str
    goals: list[str]
    picture: dict[str, Any]  # as a picture block's value, or empty
    modules: list[str]
    authors: str
    sources: list[dict[str, str]]


def under_the_title(html: str) -> str:
    """Written text where no heading stands above it: its own are then of the second level."""
    return html.replace("<h3>", "<h2>").replace("</h3>", "</h2>")


def shown(blocks: list[Block], sectors: Collection[str]) -> list[Block]:
    """Those of `blocks` that are for all, or for one of `sectors`; without sectors all."""
    return [
        block
        for block in blocks
        if not sectors or not block["sectors"] or set(block["sectors"]) & set(sectors)
    ]


def blocks_of(content: ModuleContent) -> Iterator[Block]:
    """Every block of a module, in order."""
    for lesson in content["lessons"]:
        yield from lesson["blocks"]
