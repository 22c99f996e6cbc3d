"""The page around the dates of a calendar, which many visitors share, made once a minute.

As in `shell`: the templates are rendered for each shape that a page can have, with holes where the
dates and something of the visitor go. Nothing of a visitor, and no date, is ever kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samtun.front.calendar_asked import CalendarAsked
from samtun.front.frame import Frame, frame_of
from samtun.organisations.recent import for_a_minute
from samtun.ui.context import page
from samtun.ui.filters import Link

_PLAIN = ("heading", "day_value", "chips", "facets", "table", "days", "feed_url", "webcal_url",
          "programme_url", "programme_month")  # fmt: skip
_MARK = re.compile(r"\{\[([a-z_0-9]+)\]\}")


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the templates may ask about a page that shows dates."""

    template: str
    region: str
    municipality: str
    language: str  # the active one
    view: str
    narrows: bool
    is_filtered: bool
    is_later: bool  # not the first page
    has_query: bool
    ways: tuple[tuple[str, bool], ...]
    steps: frozenset[str]


def fill(
    template: str, asked: CalendarAsked, frame: Frame, found: Mapping[str, Any], query: str
) -> str:
    """The page of a calendar that found dates; `found` is what `calendar_page.context` gave."""
    steps: dict[str, Link] = {key: link for key, link in found["steps"].items() if link}
    shape = Shape(
        template=template,
        region=frame.scope.slug,
        municipality=frame.municipality.number if frame.municipality else "",
        language=frame.language,
        view=asked.view,
        narrows=asked.narrows,
        is_filtered=asked.wanted.narrows,
        is_later=asked.page > 1,
        has_query=bool(query),
        ways=tuple((link.label, is_shown) for link, is_shown in found["ways"]),
        steps=frozenset(steps),
    )
    holes = {name: found[name] for name in _PLAIN} | {"question": asked.text, "query": query}
    holes |= {f"way_{at}": way.url for at, (way, _) in enumerate(found["ways"])}
    for key, link in steps.items():
        holes |= {f"{key}_url": link.url, f"{key}_label": link.label}
    parts = [*_parts(shape)]
    parts[1::2] = [_safe(holes[name]) for name in parts[1::2]]
    return "".join(parts)


def _safe(text: str) -> str:
    return text if isinstance(text, SafeString) else escape(text)


@for_a_minute
def _parts(shape: Shape) -> Sequence[str]:
    """Text, the name of a hole, text, and so on."""
    frame = frame_of(shape.region, shape.municipality)
    anybody = HttpRequest()
    anybody.path = f"{frame.url}kalender/"
    anybody.META["QUERY_STRING"] = _mark("query") if shape.has_query else ""
    context = page(anybody) | frame.context() | {name: _mark(name) for name in _PLAIN}
    context |= {
        "asked": {
            "text": _mark("question"),
            "view": shape.view,
            "narrows": shape.narrows,
            "wanted": {"narrows": shape.is_filtered},
            "page": 2 if shape.is_later else 1,
        },
        "calendar_url": anybody.path,
        "is_found": True,
        "ways": [
            (Link(label, _mark(f"way_{at}")), is_shown)
            for at, (label, is_shown) in enumerate(shape.ways)
        ],
        "steps": {key: Link(_mark(f"{key}_label"), _mark(f"{key}_url")) for key in shape.steps},
    }
    return _MARK.split(render_to_string(shape.template, context))


def _mark(name: str) -> str:
    return f"{{[{name}]}}"
