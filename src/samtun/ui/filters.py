"""Filters beside a list, and what has been chosen, as HTML; see `rows` for why not templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from samtun.ui import drawings
from samtun.ui.phrases import phrases


class Option:
    """One box to tick: made once, shown on each page with what it would leave there."""

    __slots__ = ("_after", "_before", "_css", "is_below", "value")

    def __init__(self, name: str, value: str, label: str, *, is_below: bool = False) -> None:
        """`name` of the parameter; `is_below` when it belongs under the one before."""
        self.value = value
        self.is_below = is_below
        self._css = "st-option st-option-deeper" if is_below else "st-option"
        self._before = (
            f'"><input class="ds-input" type="checkbox" name="{escape(name)}"'
            f' value="{escape(value)}"'
        )
        self._after = f'><span>{escape(label)}</span><span><span class="ds-sr-only">(</span>'

    def html(self, count: int, *, is_chosen: bool) -> str:
        """The box with the number of results it would leave; faint when that is none."""
        faint = "" if count or is_chosen else " st-option-none"
        checked = " checked" if is_chosen else ""
        return (
            f'<label class="{self._css}{faint}{self._before}{checked}{self._after}{count}'
            '<span class="ds-sr-only">)</span></span></label>'
        )


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go on to."""

    label: str
    url: str


def group(title: str, boxes: Iterable[str], *, is_open: bool) -> SafeString:
    """Boxes (`Option.html`) under one title."""
    named = escape(title)
    return mark_safe(  # noqa: S308  (escaped here and in `Option`)
        f'<details class="st-facet"{" open" if is_open else ""}>'
        f"<summary>{named}{drawings.svg('chevron-down')}</summary>"
        f'<fieldset><legend class="ds-sr-only">{named}</legend>{"".join(boxes)}</fieldset>'
        "</details>"
    )


def chips(chosen: Iterable[Link], clear_url: str = "") -> SafeString:
    """What has been chosen, each with a link that takes it away; nothing for nothing chosen."""
    said = phrases()
    items = [
        f'<li><a class="ds-chip" data-wrap="wrap" href="{escape(each.url)}">'
        f'<span class="ds-sr-only">{said.remove}: </span>{escape(each.label)}'
        f"{drawings.svg('close')}</a></li>"
        for each in chosen
    ]
    if items and clear_url:
        items.append(
            f'<li><a class="ds-link" href="{escape(clear_url)}">{said.remove_all}</a></li>'
        )
    return _cluster(items, f' aria-label="{said.chosen}"')


def choices(links: Iterable[Link]) -> SafeString:
    """What could be chosen instead; nothing for no links."""
    return _cluster(
        [
            f'<li><a class="ds-chip" data-wrap="wrap" href="{escape(each.url)}">'
            f"{escape(each.label)}</a></li>"
            for each in links
        ]
    )


def _cluster(items: list[str], attributes: str = "") -> SafeString:
    if not items:
        return SafeString()
    return mark_safe(  # noqa: S308  (the items are escaped where they are made)
        f'<ul class="st-cluster st-cluster-tight st-plain"{attributes}>{"".join(items)}</ul>'
    )
