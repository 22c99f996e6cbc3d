"""Content lines (RFC 5545 § 3.1), with room for addresses that are only known when they are read.

A text that is derived once is read in feeds of several regions, and our own address may change. So
each address stands in it as a mark and a path, on a line of its own, and is filled in and folded
when the text is read.
"""

import re
from functools import partial

from icalendar import Component
from icalendar.parser import Contentline

from samtun.mail.rendering import cleaned

MARK = "\x1a"  # a control character: `plain` lets none through
_LINKS = re.compile(f"^(URL:| ){MARK}(.*)\r$", re.MULTILINE)
_WIDTH = 75  # octets


def plain(text: str) -> str:
    """What somebody wrote, without characters that no calendar may hold."""
    return cleaned(text)


def stored(component: Component) -> str:
    """`component` as it is kept: folded, with marks for addresses."""
    return "".join(_line(line) for line in component.content_lines(sorted=False) if line)


def filled(text: str, base: str) -> str:
    """`text` with `base` before each path that is marked."""
    return _LINKS.sub(partial(_link, base), text)


def _line(line: str) -> str:
    """A link ends its line and begins a folded part of its own, so that no mark is ever split."""
    head, mark, path = line.partition(MARK)
    if mark and head != "URL:":
        return f"{_folded(head)}\r\n {MARK}{path}\r\n"
    return f"{line if mark else _folded(line)}\r\n"


def _folded(line: str) -> str:
    folded: bytes = Contentline(line).to_ical()  # type: ignore[no-untyped-call]  # the library's
    return folded.decode()


def _link(base: str, found: re.Match[str]) -> str:
    """Addresses are ASCII, so that a letter is an octet."""
    rest = f"{found[1]}{base}{found[2]}"
    pieces = []
    while len(rest) > _WIDTH:
        pieces.append(rest[:_WIDTH])
        rest = f" {rest[_WIDTH:]}"
    return "\r\n".join([*pieces, f"{rest}\r"])
