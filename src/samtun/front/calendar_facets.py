"""The filters beside the calendar, and what has been chosen.

Without counts: a date is near or far away, so that a number says little. Needs and situations that
nothing coming is about are left out.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from samtun.directory.enums import Taxonomies
from samtun.directory.queries.terms import TermLabel, terms
from samtun.events.queries.calendar import topics
from samtun.events.queries.wanted import DIGITAL, IN_PERSON, OLDEST
from samtun.front.calendar_asked import CalendarAsked, CalendarLinks
from samtun.front.frame import Frame
from samtun.organisations.models import Organization
from samtun.organisations.queries import municipality_names
from samtun.ui.filters import Link, chips, group


@lru_cache(maxsize=8)
def _said(language: str) -> dict[str, str]:
    with override(language):
        return {
            "where": gettext("Where you live"),
            "everywhere": gettext("All of %(region)s"),
            "needs": gettext("What you need"),
            "situations": gettext("What it is about"),
            "roles": gettext("Who you are"),
            "how": gettext("How you meet"),
            "any": gettext("Both ways"),
            IN_PERSON: gettext("In person"),
            DIGITAL: gettext("Digital"),
            "more": gettext("Age and places"),
            "age": gettext("Age of the one who comes"),
            "aged": gettext("%(age)s years"),
            "room": gettext("Only where there is room"),
            "free": gettext("There is room"),
            "words": gettext("“%(words)s”"),
        }


def facets(asked: CalendarAsked, frame: Frame) -> SafeString:
    """All groups of filters."""
    said, wanted = _said(frame.language), asked.wanted
    needs = _boxes("behov", _needs(frame), wanted.needs)
    situations = _boxes("situasjon", _groups("situasjon", frame), wanted.situations)
    roles = _boxes("situasjon", _groups("rolle", frame), wanted.situations)
    found = [
        (said["where"], _where(asked, frame), True),
        (said["how"], _how(asked, said), True),
        (said["more"], _more(asked, said), True),
        (said["needs"], needs, bool(wanted.needs)),
        (said["situations"], situations, "checked" in "".join(situations)),
        (said["roles"], roles, "checked" in "".join(roles)),
    ]
    return SafeString(
        "".join([group(title, html, is_open=is_open) for title, html, is_open in found if html])
    )


def _needs(frame: Frame) -> Iterator[tuple[TermLabel, bool]]:
    """Each need of the first level, followed by those below it."""
    known = terms(Taxonomies.NEEDS, frame.language).values()
    used = topics(frame.scope.slug).get(Taxonomies.NEEDS, frozenset())
    for top in known:
        if not top.parent:
            yield top, top.code in used
            for one in known:
                if one.parent == top.code:
                    yield one, one.code in used


def _groups(facet: str, frame: Frame) -> Iterator[tuple[TermLabel, bool]]:
    used = topics(frame.scope.slug).get(Taxonomies.TARGET_GROUPS, frozenset())
    for one in terms(Taxonomies.TARGET_GROUPS, frame.language).values():
        if one.facet == facet:
            yield one, one.code in used


def _boxes(
    name: str, offered: Iterable[tuple[TermLabel, bool]], chosen: tuple[str, ...]
) -> list[str]:
    """Those something coming is about, and the chosen: they must be there to undo."""
    return [
        _box(
            "checkbox",
            name,
            one.code,
            one.label,
            is_chosen=one.code in chosen,
            below=bool(one.parent),
        )
        for one, is_used in offered
        if is_used or one.code in chosen
    ]


def _box(
    kind: str, name: str, value: str, label: str, *, is_chosen: bool, below: bool = False
) -> str:
    css = "st-option st-option-deeper" if below else "st-option"
    checked = " checked" if is_chosen else ""
    return (
        f'<label class="{css}"><input class="ds-input" type="{kind}" name="{name}"'
        f' value="{escape(value)}"{checked}><span>{escape(label)}</span></label>'
    )


def _where(asked: CalendarAsked, frame: Frame) -> list[str]:
    """One municipality or all of them."""
    if len(frame.scope.municipalities) < 2:
        return []
    said, chosen = _said(frame.language), asked.wanted.municipality
    everywhere = said["everywhere"] % {"region": frame.name.value}
    options = "".join(
        [
            f'<option value="{one.number}"{" selected" if one.number == chosen else ""}>'
            f"{escape(one.name)}</option>"
            for one in frame.scope.municipalities
        ]
    )
    select = (
        f'<select class="ds-input" name="kommune" aria-label="{escape(said["where"])}">'
        f'<option value="">{escape(everywhere)}</option>{options}</select>'
    )
    return [select]


def _how(asked: CalendarAsked, said: dict[str, str]) -> list[str]:
    chosen = asked.wanted.mode
    ways = (("", said["any"]), (IN_PERSON, said[IN_PERSON]), (DIGITAL, said[DIGITAL]))
    return [_box("radio", "form", way, label, is_chosen=way == chosen) for way, label in ways]


def _more(asked: CalendarAsked, said: dict[str, str]) -> list[str]:
    age = "" if asked.wanted.age is None else str(asked.wanted.age)
    field = (
        f'<label class="st-age"><span>{escape(said["age"])}</span><input class="ds-input"'
        f' type="number" name="alder" min="0" max="{OLDEST}" inputmode="numeric"'
        f' value="{age}"></label>'
    )
    return [_box("checkbox", "ledig", "1", said["room"], is_chosen=asked.wanted.has_room), field]


def chosen(asked: CalendarAsked, links: CalendarLinks, frame: Frame) -> SafeString:
    """What is chosen, each with the way to take it off."""
    return chips(chosen_links(asked, links, frame), links.bare() if asked.narrows else "")


def chosen_links(asked: CalendarAsked, links: CalendarLinks, frame: Frame) -> Iterator[Link]:
    """The same as plain links."""
    wanted, said = asked.wanted, _said(frame.language)
    if asked.text:
        yield Link(said["words"] % {"words": asked.text}, links.filters(text=""))
    for field, taxonomy in (
        ("needs", Taxonomies.NEEDS),
        ("situations", Taxonomies.TARGET_GROUPS),
    ):
        codes = getattr(wanted, field)
        for code in codes:
            others = tuple(other for other in codes if other != code)
            label = terms(taxonomy, frame.language)[code].label
            yield Link(label, links.filters(**{field: others}))
    if wanted.age is not None:
        yield Link(said["aged"] % {"age": wanted.age}, links.filters(age=None))
    if wanted.municipality:
        names = municipality_names()
        yield Link(names[wanted.municipality], links.filters(municipality=""))
    if wanted.mode:
        yield Link(said[wanted.mode], links.filters(mode=""))
    if wanted.has_room:
        yield Link(said["free"], links.filters(has_room=False))
    if wanted.organization:
        name = Organization.objects.filter(pk=wanted.organization).values_list("name", flat=True)
        yield Link(name.first() or "–", links.filters(organization=None))
