"""Rows of services for result lists and my list, as HTML.

Written in Python and not as a template, because a results page has twenty of them and must be
made in a few milliseconds: a Django template takes four times as long. Every value passes through
`escape`; nothing else here may reach the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape as escape_anew
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from samtun.front.frame import Frame
from samtun.front.words import Words, words
from samtun.organisations.queries import municipality_names
from samtun.organisations.texts import Text, in_language
from samtun.ui.drawings import svg
from samtun.ui.templatetags.ui import phone_href

# Names and words come again and again, and nothing a visitor writes goes through here.
escape = lru_cache(maxsize=16_384)(escape_anew)


@dataclass(frozen=True, slots=True)
class Style:
    """What all rows of one page share."""

    frame: Frame
    words: Words
    today: date
    list_address: str  # what a slug is added to, so that the link adds it to the list so far

    @classmethod
    def of(cls, frame: Frame, today: date, kept: tuple[str, ...] = ()) -> "Style":
        """Rows in the reader's language that add to the slugs in `kept`."""
        before = "".join(f"{slug}," for slug in kept)
        return cls(frame, words(frame.language), today, f"{frame.url}liste/?t={before}")


def text_in(listing: Mapping[str, Any], field: str, language: str) -> Text:
    """The `name` or `summary` of a listing for a reader of `language`."""
    texts: dict[str, dict[str, str]] = listing["texts"]
    own = texts.get(language, {}).get(field)
    if own:
        return Text(own, language)
    found = {code: each.get(field, "") for code, each in texts.items()}
    return in_language(found, language, original=listing["language"])


def row(listing: Mapping[str, Any], style: Style, kilometres: float | None = None) -> SafeString:
    """One service of a result list, with a way to add it to my list."""
    slug = escape(listing["slug"])
    name = escape(text_in(listing, "name", style.frame.language).value)
    action = (
        f'<a class="st-add" href="{style.list_address}{slug}" rel="nofollow"'
        f' data-list-add="{slug}">{_LIST}<span data-list-label>{escape(style.words.add)}</span>'
        f'<span class="ds-sr-only">: {name}</span></a>'
    )
    return _row(listing, style, action, kilometres)


def kept_row(listing: Mapping[str, Any], style: Style, kept: Sequence[str]) -> SafeString:
    """One service of my list, with its number to call and a way to take it off."""
    slug = escape(listing["slug"])
    name = escape(text_in(listing, "name", style.frame.language).value)
    others = ",".join(other for other in kept if other != listing["slug"])
    action = (
        f'<a class="st-add" href="{style.frame.url}liste/?t={escape(others)}" rel="nofollow"'
        f' data-list-remove="{slug}">{_CLOSE}<span>{escape(style.words.remove)}</span>'
        f'<span class="ds-sr-only">: {name}</span></a>'
    )
    return _row(listing, style, action, with_phone=True)


def together(made: Iterable[SafeString]) -> SafeString:
    """Rows one after the other."""
    return mark_safe("".join(made))  # noqa: S308  (rows escape what they hold)


def _row(
    listing: Mapping[str, Any],
    style: Style,
    action: str,
    kilometres: float | None = None,
    *,
    with_phone: bool = False,
) -> SafeString:
    name = text_in(listing, "name", style.frame.language)
    summary = text_in(listing, "summary", style.frame.language)
    url = f"{style.frame.url}tilbud/{escape(listing['slug'])}/"
    return mark_safe(  # noqa: S308  (every part is escaped where it is made)
        f'<li class="st-result"><h3{_lang(name, style)}>'
        f'<a href="{url}">{escape(name.value)}</a></h3>'
        f'<p class="st-result-place">{escape(_whence(listing, style, kilometres))}</p>'
        f"<p{_lang(summary, style)}>{escape(summary.value)}</p>"
        f'<div class="st-result-facts">{_facts(listing, style, with_phone=with_phone)}'
        f"{_mark(name, style)}{action}</div></li>"
    )


_CLOSE = svg("close")
_LIST = svg("list")


def _lang(text: Text, style: Style) -> str:
    return "" if text.language == style.frame.language else f' lang="{escape(text.language)}"'


def _mark(text: Text, style: Style) -> str:
    """Says in the reader's language that the text is in another one."""
    if text.language == style.frame.language:
        return ""
    said = style.words.other_language.get(text.language, text.language)
    return f'<span class="st-other-language">{escape(said)}</span>'


def _whence(listing: Mapping[str, Any], style: Style, kilometres: float | None) -> str:
    """Who gives it, where, for whom, how far away."""
    places = list(dict.fromkeys(place["city"] or place["name"] for place in listing["places"]))
    parts = [listing["provider"], style.words.listed(places), covers(listing, style)]
    if kilometres is not None:
        parts.append(style.words.distance(kilometres))
    return " · ".join(filter(None, parts))


def covers(listing: Mapping[str, Any], style: Style) -> str:
    """Whom the service is for, by where they live."""
    if listing["covers_country"]:
        return style.words.whole_country
    numbers = listing["municipalities"]
    scope = style.frame.scope
    if 1 < len(scope.numbers) <= len(numbers) and scope.numbers.issubset(numbers):
        return style.words.whole_region % {"region": style.frame.name.value}
    names = municipality_names()
    known = [names[number] for number in numbers if number in names]
    return style.words.for_places % {"names": style.words.listed(known)} if known else ""


def _facts(listing: Mapping[str, Any], style: Style, *, with_phone: bool) -> str:
    """Short facts, the most pressing first."""
    said = style.words
    facts = []
    if listing["status"] != "active":
        facts.append(f"<strong>{escape(said.closed)}</strong>")
    if listing["phone"] and (with_phone or listing["is_urgent"]):
        href = escape(phone_href(listing["phone"]))
        facts.append(f'<a href="{href}">{escape(said.call)} {escape(listing["phone"])}</a>')
    if listing["is_free"]:
        facts.append(escape(said.free))
    facts += [escape(said.meeting[way]) for way in listing["meeting"] if way in said.meeting]
    fresh = said.freshness(listing["assured_date"], style.today)
    facts.append(f'<span class="st-muted">{escape(fresh)}</span>')
    return "".join(f'<span class="st-fact">{fact}</span>' for fact in facts)
