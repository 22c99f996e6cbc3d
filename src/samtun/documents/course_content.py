"""What a course on paper says: plain frozen values, as in `content`.

`html` is the rich text of a published lesson, read by `course_html`; all else is plain text.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """What stands before each line of a piece."""

    BULLET = "bullet"
    BOX = "box"  # to tick
    NUMBER = "number"  # a place to write one


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A block of a lesson: `label` says what it is, `lead` asks, `lines` are to be marked.

    `room` is how many empty lines there are to write on.
    """

    label: str = ""
    title: str = ""
    lead: str = ""
    html: str = ""
    lines: tuple[str, ...] = ()
    mark: Mark = Mark.BULLET
    below: tuple[str, ...] = ()  # what the lines may belong to
    room: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperLesson:
    """A lesson with its pieces; `minutes` in words."""

    title: str
    minutes: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class PaperModule:
    """A module; `text_language` where it could only be had in another language."""

    title: str
    summary: str
    lessons: tuple[PaperLesson, ...]
    text_language: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperSource:
    """What the course stands on: `said` is all but the address."""

    said: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class CoursePaper:
    """A whole course on A4, to read or to run through together; nobody's answers are in it."""

    language: str
    title: str
    url: str
    made_on: date
    summary: str = ""
    for_whom: str = ""
    goals: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()  # minutes, where one works
    made_by: str = ""
    version: str = ""
    modules: tuple[PaperModule, ...] = ()
    sources: tuple[PaperSource, ...] = ()
    text_language: str = ""
    is_example: bool = False
