"""Rows of services for result lists and my list: which texts, links and facts each one has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from samtun.front.frame import Frame
from samtun.front.words import Words, words
from samtun.organisations.queries import municipality_names
from samtun.organisations.texts import Text, in_language
from samtun.ui.rows import Row, fact, rows
from samtun.ui.templatetags.ui import phone_href


@dataclass(frozen=True, slots=True)
class Style:
    """What all rows of one page share."""

    frame: Frame
    words: Words
    municipalities: Mapping[str, str]  # name by number
    today: date
    service_url: str  # what a slug is added to
    list_url: str
    before: str  # the list so far, which a link to add continues

    @classmethod
    def of(cls, frame: Frame, today: date, kept: tuple[str, ...] = ()) -> "Style":
        """Rows in the reader's language that add to the slugs in `kept`."""
        return cls(
            frame=frame,
            words=words(frame.language),
            municipalities=municipality_names(),
            today=today,
            service_url=f"{frame.url}tilbud/",
            list_url=f"{frame.url}liste/?t=",
            before="".join(f"{slug}," for slug in kept),
        )


def text_in(listing: Mapping[str, Any], field: str, language: str) -> Text:
    """The `name` or `summary` of a listing for a reader of `language`."""
    texts: dict[str, dict[str, str]] = listing["texts"]
    own = texts.get(language, {}).get(field)
    if own:
        return Text(own, language)
    found = {code: each.get(field, "") for code, each in texts.items()}
    return in_language(found, language, original=listing["language"])


def row(listing: Mapping[str, Any], style: Style, kilometres: float | None = None) -> Row:
    """One service of a result list, with a way to add it to my list."""
    address = f"{style.list_url}{style.before}{listing['slug']}"
    return _row(listing, style, _facts(listing, style), kilometres, add_url=address)


def kept_row(listing: Mapping[str, Any], style: Style, kept: Sequence[str]) -> Row:
    """One service of my list, with its number to call and a way to take it off."""
    others = ",".join(other for other in kept if other != listing["slug"])
    facts = _facts(listing, style, with_phone=True)
    return _row(listing, style, facts, remove_url=f"{style.list_url}{others}")


def together(made: Iterable[Row]) -> SafeString:
    """Rows one after the other, as HTML."""
    return rows(made)


def _row(
    listing: Mapping[str, Any],
    style: Style,
    facts: Iterator[SafeString],
    kilometres: float | None = None,
    *,
    add_url: str = "",
    remove_url: str = "",
) -> Row:
    own = style.frame.language
    name, summary = text_in(listing, "name", own), text_in(listing, "summary", own)
    return Row(
        slug=listing["slug"],
        url=f"{style.service_url}{listing['slug']}/",
        name=name.value,
        lang="" if name.language == own else name.language,
        place=_whence(listing, style, kilometres),
        summary=summary.value,
        summary_lang="" if summary.language == own else summary.language,
        facts=tuple(facts),
        add_url=add_url,
        remove_url=remove_url,
    )


def _whence(listing: Mapping[str, Any], style: Style, kilometres: float | None) -> str:
    """Who gives it, where, for whom, how far away."""
    places = list(dict.fromkeys([place["city"] or place["name"] for place in listing["places"]]))
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
    known = [style.municipalities[one] for one in numbers if one in style.municipalities]
    return style.words.for_places % {"names": style.words.listed(known)} if known else ""


def _facts(
    listing: Mapping[str, Any], style: Style, *, with_phone: bool = False
) -> Iterator[SafeString]:
    """Short facts, the most pressing first."""
    said = style.words
    if listing["status"] != "active":
        yield fact(said.closed, "strong")
    if listing["phone"] and (with_phone or listing["is_urgent"]):
        yield fact(f"{said.call} {listing['phone']}", url=phone_href(listing["phone"]))
    if listing["is_free"]:
        yield fact(said.free)
    for way in listing["meeting"]:
        if way in said.meeting:
            yield fact(said.meeting[way])
    fresh = said.freshness(listing["assured_date"], listing.get("due_on"), style.today)
    yield fact(fresh, "muted")
