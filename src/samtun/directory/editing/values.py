"""One thing that somebody typed → the value to keep, and what is wrong with it.

What is wrong is noted, never raised, so that a person is told everything at once.
"""

import re
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.directory.editing.document import MOST, PROSE

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u202a-\u202e]")
_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")
_MARKUP = re.compile(
    r"<!--|</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<(?:script|style|iframe)\b", re.I
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]?([0-5]\d)", re.ASCII)
# Words with what joins them (10–14, e-post), and signs that mean something alone (%, +, –).
_MEANING = re.compile(r"\w+(?:[^\w\s]+\w+)*|[^\w\s.,;:!?…«»\"“”'’()]")
_check_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at `path`; `about` tells whether the same was wrong before."""

    path: str
    message: str
    about: tuple[str, str]


@dataclass(slots=True)
class Problems:
    """What is wrong with a document."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, message: str, value: object, *, key: str = "") -> None:
        """Note `message` at `path`; `key` is the path by identifiers instead of positions."""
        self.found.append(Problem(path, message, (key or path, str(value))))


def _plain(path: str, value: object, problems: Problems, key: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        problems.add(path, _("Write text here."), value, key=key)
        return ""
    text = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if _MARKUP.search(text):
        problems.add(path, _("Write plain text, without HTML."), text, key=key)
    return text


def prose(path: str, value: object, problems: Problems, *, key: str = "") -> str:
    """Text of several lines."""
    return _within(path, _plain(path, value, problems, key), PROSE, problems, key)


def line(path: str, value: object, problems: Problems, longest: int, *, key: str = "") -> str:
    """Text on one line."""
    text = _BREAKS.sub(" ", _plain(path, value, problems, key))
    return _within(path, text, longest, problems, key)


def _within(path: str, text: str, longest: int, problems: Problems, key: str) -> str:
    if len(text) > longest:
        message = ngettext(
            "Make this at least %(count)d character shorter.",
            "Make this at least %(count)d characters shorter.",
            len(text) - longest,
        )
        problems.add(path, message % {"count": len(text) - longest}, text, key=key)
    return text


def web_address(path: str, text: str, problems: Problems, *, key: str = "") -> str:
    """An address with http or https; one without gets https."""
    if not text:
        return ""
    has_scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", text)
    candidate = text if has_scheme else f"https://{text}"
    try:
        _check_url(candidate)
    except ValidationError:
        message = _("This is not a web address. Write it like this: https://www.example.no")
        problems.add(path, message, text, key=key)
        return text
    return candidate


def mail_address(path: str, text: str, problems: Problems, *, key: str = "") -> str:
    """An e-mail address."""
    try:
        if text:
            validate_email(text)
    except ValidationError:
        message = _("This is not an e-mail address. Write it like this: name@example.no")
        problems.add(path, message, text, key=key)
    return text


def flag(path: str, value: object, problems: Problems) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        problems.add(path, _("Say yes or no."), value)
    return value is True


def number(path: str, value: object, bounds: tuple[int, int], problems: Problems) -> int | None:
    """A whole number within `bounds`, both of them in it; or none."""
    if value is None:
        return None
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        message = _("Write a number from %(low)d to %(high)d.") % {"low": low, "high": high}
        problems.add(path, message, str(value)[:40])
        return None
    return value


def day(path: str, value: object, problems: Problems, key: str = "") -> str | None:
    """A date as 2026-12-31, or none."""
    if value is None or value == "":
        return None
    found = day_in(value)
    if found is not None and 1900 <= found.year <= 2200:
        return found.isoformat()
    message = _("This is not a date. Write it like this: 2026-12-31")
    problems.add(path, message, str(value)[:40], key=key)
    return None


def day_in(value: object) -> date | None:
    """The date written as 2026-12-31, if it is one."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def clock(path: str, value: object, problems: Problems, key: str) -> str | None:
    """A time of day as 10:00; 24:00 is midnight."""
    if value is None or value == "":
        return None
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or (found[1] == "24" and found[2] != "00"):
        message = _("This is not a time. Write it like this: 09:30")
        problems.add(path, message, str(value)[:40], key=key)
        return None
    return f"{int(found[1]) % 24:02}:{found[2]}"


def identifier(value: object) -> str | None:
    """A UUID as text, if it is one."""
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def items(path: str, value: object, problems: Problems) -> list[Any]:
    """A list that is not too long; of one far too long only the beginning is looked at."""
    if not isinstance(value, list):
        problems.add(path, _("This cannot be read."), type(value))
        return []
    most = MOST[path]
    if len(value) > most:
        message = _("There can be at most %(most)d of these.") % {"most": most}
        problems.add(path, message, len(value))
    return value[: most * 4]


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts differ at most in spaces, lines and punctuation between words."""
    return _MEANING.findall(one) == _MEANING.findall(other)
