"""The frame around results, which is the same for everybody, made once a minute.

Header, footer and question field take as long as all of the results do. They hold nothing of a
visitor but the question, so they are rendered with marks where it goes, and filled in for each.
"""

import re
from collections.abc import Mapping
from html import escape

from django.http import HttpRequest
from django.template.loader import render_to_string

from samtun.front.frame import frame_of
from samtun.organisations.recent import for_a_minute
from samtun.ui.context import page

_MARK = re.compile(r"(\{\[\w+\]\})")
QUESTION, TITLE, QUERY, RESULTS = "{[question]}", "{[title]}", "{[query]}", "{[results]}"


def fill(region: str, language: str, *, with_map: bool, values: Mapping[str, str]) -> str:
    """The results page of `region` with `values` (by mark) in it.

    `language` must be the active one. The value of RESULTS is HTML; the others are text and are
    escaped here.
    """
    safe = {mark: text if mark == RESULTS else escape(text) for mark, text in values.items()}
    return "".join([safe.get(part, part) for part in _parts(region, language, with_map)])


@for_a_minute
def _parts(region: str, _language: str, with_map: bool) -> tuple[str, ...]:  # noqa: FBT001
    frame = frame_of(region)
    anybody = HttpRequest()
    anybody.path = f"{frame.url}sok/"
    anybody.META["QUERY_STRING"] = QUERY
    context = (
        page(anybody)
        | frame.context()
        | {
            "search_url": anybody.path,
            "question": QUESTION,
            "title": TITLE,
            "results": RESULTS,
            "with_map": with_map,
        }
    )
    return tuple(_MARK.split(render_to_string("front/search.html", context)))
