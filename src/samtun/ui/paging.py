"""The pages of a long list, as HTML; see `rows` for why not a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from samtun.ui.phrases import phrases

_BUTTON = 'class="ds-button" data-variant="tertiary"'


@dataclass(frozen=True, slots=True)
class Page:
    """A page to go to."""

    number: int
    url: str
    is_current: bool = False


def pagination(
    pages: Sequence[Page | None], *, previous_url: str = "", next_url: str = ""
) -> SafeString:
    """`pages` with a gap for each None, between previous and next; nothing for a single page."""
    if not (previous_url or next_url):
        return SafeString()
    said = phrases()
    items = [
        _step("prev", previous_url, said.previous),
        *(f"<li>{_page(each, said.page) if each else ''}</li>" for each in pages),
        _step("next", next_url, said.next),
    ]
    return mark_safe(  # noqa: S308  (escaped where they are made)
        f'<nav class="ds-pagination" aria-label="{said.pages}"><ul>{"".join(items)}</ul></nav>'
    )


def _step(rel: str, url: str, label: str) -> str:
    if not url:
        return f'<li><span {_BUTTON} aria-hidden="true"></span></li>'
    return f'<li><a {_BUTTON} rel="{rel}" href="{escape(url)}">{label}</a></li>'


def _page(page: Page, said: str) -> str:
    current = ' aria-current="true"' if page.is_current else ""
    label = said % {"number": page.number}
    return f'<a {_BUTTON} href="{escape(page.url)}"{current} aria-label="{label}">{page.number}</a>'
