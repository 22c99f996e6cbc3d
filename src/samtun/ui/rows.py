"""Rows of a list of services, as HTML.

A page of results is made of these, of `filters` and of `paging`. They are written in Python,
because as templates they took longer than everything else on the page; what varies is escaped
here, and nowhere else is this markup written.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samtun.ui import drawings
from samtun.ui.phrases import Phrases, phrases

Tone = Literal["plain", "strong", "muted"]
_HOURS = re.compile(r"(?:kl\.|at) \d{1,2}(?:[.:]\d\d)?(?:–\d{1,2}(?:[.:]\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One service. `lang` and `summary_lang` are set only when not the page's language.

    With `add_url` it can be added to the visitor's list, with `remove_url` taken off it.
    """

    slug: str
    url: str
    name: str
    lang: str = ""
    place: str = ""
    summary: str = ""
    summary_lang: str = ""
    facts: Sequence[SafeString] = ()
    add_url: str = ""
    remove_url: str = ""


def rows(services: Iterable[Row]) -> SafeString:
    """The `<li>`s of a list with the class `st-results`."""
    said = phrases()
    html = "".join([_row(each, said) for each in services])
    return mark_safe(html)  # noqa: S308  (escaped in `_row`)


# Few and the same on every page, but for telephone numbers; nothing a visitor typed comes here.
@lru_cache(maxsize=2_048)
def fact(text: str, tone: Tone = "plain", url: str = "", icon: str = "") -> SafeString:
    """A short fact below a row: free, by phone, when it was confirmed."""
    said = (drawings.of(icon) if icon else "") + escape(text)
    if url:
        said = f'<a href="{escape(url)}">{said}</a>'
    if tone == "strong":
        said = f"<strong>{said}</strong>"
    css = "st-fact st-muted" if tone == "muted" else "st-fact"
    return mark_safe(f'<span class="{css}">{said}</span>')  # noqa: S308  (escaped above)


@lru_cache(maxsize=64)
def language_mark(code: str, language: str) -> SafeString:
    """Says, in the reader's `language` (the active one), that a text is in another one."""
    said = phrases().in_other_language
    return mark_safe(  # noqa: S308  (escaped here)
        f'<span class="st-other-language" lang="{escape(language)}">'
        f"{drawings.of('language')}{said.get(code, said['nb'])}</span>"
    )


def _row(row: Row, said: Phrases) -> str:
    name = escape(row.name)
    lang = _lang(row.lang)
    summary = f"<p{_lang(row.summary_lang)}>{escape(row.summary)}</p>" if row.summary else ""
    mark = language_mark(row.lang, get_language() or "") if row.lang else ""
    return (
        f'<li class="st-result"><h3{lang}><a href="{escape(row.url)}">{name}</a></h3>'
        f'<p class="st-result-place">{escape(row.place)}</p>{summary}'
        f'<div class="st-result-facts">{"".join(row.facts)}{mark}{_action(row, name, said)}'
        "</div></li>"
    )


def _lang(code: str) -> str:
    return f' lang="{escape(code)}"' if code else ""


def _action(row: Row, name: str, said: Phrases) -> str:
    if row.add_url:
        return (
            f'<a class="st-add" href="{escape(row.add_url)}" rel="nofollow"'
            f' data-list-add="{escape(row.slug)}">{drawings.svg("list")}'
            f"<span data-list-label>{said.add}</span>"
            f'<span class="ds-sr-only">: {name}</span></a>'
        )
    if row.remove_url:
        return (
            f'<a class="st-add" href="{escape(row.remove_url)}" rel="nofollow"'
            f' data-list-remove="{escape(row.slug)}">{drawings.svg("close")}'
            f"<span>{said.take_off}</span>"
            f'<span class="ds-sr-only">: {name}</span></a>'
        )
    return ""


def unbroken(text: str) -> str:
    """`text` escaped, with its hours kept together on a line: `kl. 18–20`."""
    return _HOURS.sub(r'<span class="st-whole">\g<0></span>', escape(text))
