"""What a letter is made of. Plain values; `mail.rendering` makes text and HTML of them.

Nothing in a part is markup: whatever somebody calls themselves is shown as they wrote it.
"""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"]+")


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, parted by an empty line."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """A way on: a link with a whole address, which the plain text shows in full.

    Raises:
        ValueError: when `url` is not a whole web address.
    """

    label: str
    url: str

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.url):
            raise ValueError("A button leads to a whole web address")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the letter is about, with its own ways on."""

    title: str
    text: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    """Short points, one a line."""

    points: tuple[str, ...]


Part = Text | Button | Entry | List


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is composed, for posting many at a time; fields as for `actions.post`."""

    to: str
    subject: str
    parts: tuple[Part, ...]
    language: str
    purpose: str
    key: str
    calendar: str = ""
    calendar_method: str = ""
