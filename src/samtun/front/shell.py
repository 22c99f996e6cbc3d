"""The page around results, which many visitors share, made once a minute.

As templates, a page of results takes four times as long to render as its list does to make. So
the templates are rendered for each shape that a page can have, with holes where something of the
visitor goes. They branch on the shape alone, and nothing of a visitor is ever kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, TypedDict

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samtun.front.answers import first_contact
from samtun.front.crisis import Danger, lines_for
from samtun.front.frame import frame_of
from samtun.organisations.recent import for_a_minute
from samtun.ui.context import page

Said = Literal["count", "nothing", "filters", "words", "area", "general"]


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the templates may ask about a page of results."""

    region: str
    language: str  # the active one
    said: Said  # above the list: how many there are, or what was done instead
    dangers: tuple[Danger, ...]
    is_part: bool  # only what is below the question field
    is_plain: bool
    is_literal: bool
    has_question: bool
    has_corrections: bool
    has_readings: bool
    has_filters: bool
    has_happenings: bool
    with_map: bool
    with_point: bool
    with_list: bool
    by_distance: bool
    place_unknown: bool

    @property
    def is_violence(self) -> bool:
        """Whether the visitor may have to leave in a hurry."""
        return Danger.VIOLENCE in self.dangers

    @property
    def is_child(self) -> bool:
        """Whether a child may be in danger."""
        return Danger.CHILD in self.dangers


class Holes(TypedDict):
    """What of the visitor goes into the page: text, which is escaped here, or safe HTML."""

    question: str
    title: str
    query: str
    total: str
    corrections: str
    readings: str
    literally_url: str
    read_url: str
    chips: str
    facets: str
    rows: str
    happenings: str
    pages: str
    start: str
    place: str
    point: str
    kept: str
    map_url: str
    with_map_url: str
    without_map_url: str
    near_url: str


_MARKS = {name: f"{{[{name}]}}" for name in Holes.__annotations__}
_MARK = re.compile(rf"\{{\[({'|'.join(_MARKS)})\]\}}")


def fill(shape: Shape, holes: Holes) -> str:
    """A page of that shape with `holes` filled in."""
    safe = {
        name: text if isinstance(text, SafeString) else escape(str(text))
        for name, text in holes.items()
    }
    parts = [*_parts(shape)]
    parts[1::2] = [safe[name] for name in parts[1::2]]
    return "".join(parts)


@for_a_minute
def _parts(shape: Shape) -> Sequence[str]:
    """Text, the name of a hole, text, and so on."""
    frame = frame_of(shape.region)
    anybody = HttpRequest()
    anybody.path = f"{frame.url}sok/"
    anybody.META["QUERY_STRING"] = _MARKS["query"]
    context = page(anybody) | frame.context() | _MARKS
    context |= {
        "shape": shape,
        "search_url": anybody.path,
        "crisis_lines": lines_for(shape.dangers, shape.language),
        "contact": first_contact(frame),
    }
    template = "front/_results.html" if shape.is_part else "front/search.html"
    return _MARK.split(render_to_string(template, context))
