"""What a package tells the desk: cards of lines, each one click from done."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Urgency(IntEnum):
    """In which order cards come; the lowest first."""

    SOMEBODY_WAITS = 10  # for an answer
    YOURS = 20
    WRONG = 30  # a visitor is led astray
    SILENT = 40
    UNKEPT = 50
    SOON = 60
    UNFINISHED = 70
    MISSED = 80
    GAP = 90


@dataclass(frozen=True, slots=True)
class Act:
    """A button that does it right there; a POST to `url`."""

    label: str
    url: str
    name: str = ""  # of a hidden field
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits. `url` is the very thing; `language` is that of the title."""

    title: str
    note: str
    url: str
    language: str = ""
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Things of one kind: `count` of them, the first few as lines, and all of them at `url`."""

    key: str
    title: str
    count: int
    lines: Sequence[Line]
    urgency: Urgency
    icon: str
    url: str = ""
    about: str = ""  # a sentence: what it is, and what to do
