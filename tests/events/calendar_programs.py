"""Calendars as programs that are not ours read them: libical, and calcurse from Debian.

libical is what Evolution, GNOME Calendar and KOrganizer read calendars with. It also knows what
each METHOD asks for and forbids (RFC 5546), and leaves a note at whatever is wrong. It is called by
its own C functions, so that nothing in Python stands between.
"""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import POINTER, c_char_p, c_int, c_long, c_void_p
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.conftest import REQUIRED

_FIRST, _LAST = b"20200101T000000Z", b"20300101T000000Z"


class _Span(ctypes.Structure):
    _fields_ = [("start", c_long), ("end", c_long), ("is_busy", c_int)]


class _Time(ctypes.Structure):
    _fields_ = [
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", c_int),
        ("is_daylight", c_int),
        ("zone", c_void_p),
    ]


_Found = ctypes.CFUNCTYPE(None, c_void_p, POINTER(_Span), c_void_p)


def missing(program: str) -> NoReturn:
    """Skip, or fail where calendar programs are required."""
    message = f"{program} is missing; on Debian: apt-get install calcurse libical3"
    if "calendars" in REQUIRED:
        pytest.fail(message)
    pytest.skip(message)


class Libical:
    """A calendar as libical has read it."""

    def __init__(self, text: str) -> None:
        try:
            self._library = ctypes.CDLL("libical.so.3")
        except OSError:
            missing("libical")
        self._root = self._call("icalparser_parse_string", c_void_p, (c_char_p, text.encode()))
        assert self._root, "libical reads nothing at all"

    def complaints(self) -> list[str]:
        """What it would not take, or what its METHOD does not allow."""
        self._call("icalrestriction_check", c_int, (c_void_p, self._root))
        written = self._call("icalcomponent_as_ical_string", c_char_p, (c_void_p, self._root))
        lines = written.decode().replace("\r\n ", "").splitlines()
        return [line for line in lines if line.startswith("X-LIC-ERROR")]

    def dates(self) -> list[tuple[str, list[datetime]]]:
        """Of each VEVENT its identifier and when it begins, in UTC, with what EXDATE leaves."""
        return [(self._uid(event), self._begins(event)) for event in self._events()]

    def _events(self) -> Iterator[int]:
        kind = self._call("icalcomponent_string_to_kind", c_int, (c_char_p, b"VEVENT"))
        asked = (c_void_p, self._root), (c_int, kind)
        event = self._call("icalcomponent_get_first_component", c_void_p, *asked)
        while event:
            yield event
            event = self._call("icalcomponent_get_next_component", c_void_p, *asked)

    def _uid(self, event: int) -> str:
        return str(self._call("icalcomponent_get_uid", c_char_p, (c_void_p, event)).decode())

    def _begins(self, event: int) -> list[datetime]:
        found: list[datetime] = []
        note = _Found(
            lambda _, span, __: found.append(datetime.fromtimestamp(span.contents.start, UTC))
        )
        first, last = (
            self._call("icaltime_from_string", _Time, (c_char_p, moment))
            for moment in (_FIRST, _LAST)
        )
        asked = (c_void_p, event), (_Time, first), (_Time, last), (_Found, note), (c_void_p, None)
        self._call("icalcomponent_foreach_recurrence", None, *asked)
        return found

    def _call(self, name: str, result: Any, *arguments: tuple[Any, Any]) -> Any:  # noqa: ANN401
        function = getattr(self._library, name)
        function.restype = result
        function.argtypes = [kind for kind, _ in arguments]
        return function(*(value for _, value in arguments))


def calcurse(folder: Path, text: str, *, first: str, last: str) -> list[str]:
    """What calcurse shows from `first` to `last` (month/day/year) after taking the calendar in.

    It fails the test when the program skips anything, or says anything but what it took.
    """
    if shutil.which("calcurse") is None:
        missing("calcurse")
    (folder / "feed.ics").write_bytes(text.encode())
    command = ["calcurse", "-D", str(folder / "calcurse")]
    options: dict[str, Any] = {
        "env": {**os.environ, "TZ": "Europe/Oslo", "LC_ALL": "C.UTF-8"},
        "check": True,
        "capture_output": True,
        "text": True,
        "timeout": 30,
    }
    taken = subprocess.run([*command, "-i", str(folder / "feed.ics")], **options)
    assert (" 0 skipped" in taken.stdout, taken.stderr) == (True, ""), taken.stdout
    shown = subprocess.run([*command, "-Q", "--from", first, "--to", last], **options)
    return [line.strip() for line in shown.stdout.splitlines() if line.strip()]
