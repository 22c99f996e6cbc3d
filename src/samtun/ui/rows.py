"""The two lists that make a results page long, written by hand because they must be quick.

A page has some hundred filter options and twenty rows; as template loops they took nine
milliseconds, as plain strings half a millisecond. Everything else is a template.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samtun.ui import drawings


def value(thing: object, name: str) -> Any:  # noqa: ANN401  # whatever the row holds
    """`thing.name` as a template finds it: in a mapping or an object, empty when missing."""
    if isinstance(thing, Mapping):
        return thing.get(name, "")
    return getattr(thing, name, "")


def text(thing: object, name: str) -> str:
    """The same as text that is safe in HTML."""
    found = value(thing, name)
    return "" if found is None else escape(str(found))


def options(facet: object) -> SafeString:
    """The checkboxes of one group of filters."""
    name = text(facet, "name")
    # Safe: every part that varies is escaped by `text`.
    return mark_safe("".join(_option(name, each) for each in value(facet, "options")))  # noqa: S308


def _option(name: str, option: object) -> str:
    count = value(option, "count")
    chosen = value(option, "is_chosen")
    css = "st-option"
    if value(option, "depth"):
        css += " st-option-deeper"
    if not count and not chosen:
        css += " st-option-none"
    return (
        f'<label class="{css}"><input class="ds-input" type="checkbox" name="{name}"'
        f' value="{text(option, "value")}"{" checked" if chosen else ""}>'
        f"<span>{text(option, 'label')}</span><span>"
        f'<span class="ds-sr-only">(</span>{count or 0:d}<span class="ds-sr-only">)</span>'
        "</span></label>"
    )


def results(rows: Iterable[object], *, language: str) -> SafeString:
    """The rows of a result list; `language` is the page's."""
    words = {"open": escape(_("Open now")), "add": escape(_("Add to my list"))}
    # Safe: every part that varies is escaped by `text`.
    return mark_safe("".join(_result(each, language, words) for each in rows))  # noqa: S308


def _result(row: object, language: str, words: Mapping[str, str]) -> str:
    name = text(row, "name")
    written_in = text(row, "language")
    lang = f' lang="{written_in}"' if written_in else ""
    place = " · ".join(
        part for part in (text(row, key) for key in ("organization", "places", "distance")) if part
    )
    summary = text(row, "summary")
    return (
        f'<li class="st-result"><h3{lang}><a href="{text(row, "url")}">{name}</a></h3>'
        f'<p class="st-result-place">{place}</p>'
        + (f"<p{lang}>{summary}</p>" if summary else "")
        + '<div class="st-result-facts">'
        + _facts(row, words)
        + (language_mark(written_in, language) if written_in else "")
        + _add(row, name, words)
        + "</div></li>"
    )


def _facts(row: object, words: Mapping[str, str]) -> str:
    is_open = f'<span class="st-open" data-open>{words["open"]}</span>'
    facts = (
        f'<span class="st-fact">{drawings.of(str(value(fact, "icon")))}{text(fact, "text")}</span>'
        for fact in value(row, "facts") or ()
    )
    return (is_open if value(row, "is_open") else "") + "".join(facts)


def _add(row: object, name: str, words: Mapping[str, str]) -> str:
    address = text(row, "list_url")
    if not address:
        return ""
    return (
        f'<a class="st-add" href="{address}" rel="nofollow" data-list-add="{text(row, "slug")}">'
        f"{drawings.of('list')}<span data-list-label>{words['add']}</span>"
        f'<span class="ds-sr-only">: {name}</span></a>'
    )


def language_mark(code: str, language: str) -> SafeString:
    """Says, in the reader's `language`, that a text is in another one."""
    said = {
        "nn": _("The text is in Nynorsk"),
        "en": _("The text is in English"),
        "se": _("The text is in Northern Sami"),
    }.get(code) or _("The text is in Bokmål")
    return mark_safe(  # noqa: S308  # escaped here
        f'<span class="st-other-language" lang="{escape(language)}">'
        f"{drawings.of('language')}{escape(said)}</span>"
    )
