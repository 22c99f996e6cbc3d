"""The filters beside a list of results, each with what it would leave.

The options are HTML made in Python for the same reason as the rows are: there are a hundred.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from samtun.directory.enums import Meeting, Taxonomies
from samtun.directory.queries.terms import TermLabel, terms
from samtun.front.asking import Asked
from samtun.front.frame import Frame
from samtun.front.rows import escape
from samtun.search import AGE_BANDS
from samtun.ui.drawings import svg

Counts = Mapping[str, int]
MOST_MUNICIPALITIES = 24


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick."""

    name: str  # of the parameter
    value: str
    label: str
    count: int
    is_chosen: bool
    depth: int = 0

    def html(self) -> str:
        """The box with its label and count; nothing for one that would leave nothing."""
        deeper = " st-option-deeper" if self.depth else ""
        checked = " checked" if self.is_chosen else ""
        return (
            f'<label class="st-option{deeper}"><input class="ds-input" type="checkbox"'
            f' name="{self.name}" value="{escape(self.value)}"{checked}>'
            f'<span>{escape(self.label)}</span><span><span class="ds-sr-only">(</span>'
            f'{self.count}<span class="ds-sr-only">)</span></span></label>'
        )


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter, and the address without it."""

    label: str
    url: str


@lru_cache(maxsize=8)
def _said(language: str) -> dict[str, str]:
    with override(language):
        return {
            "needs": gettext("What you need"),
            "situations": gettext("What it is about"),
            "roles": gettext("Who you are"),
            "municipalities": gettext("Municipality"),
            "ages": gettext("Age"),
            "meeting": gettext("How you meet"),
            "more": gettext("Price and time"),
            "free": gettext("Free"),
            "open_now": gettext("Open now"),
            "years": gettext("%(ages)s years"),
            "older": gettext("%(age)s years and older"),
            "near": gettext("Near %(place)s"),
            "here": gettext("Near you"),
        } | {str(way): str(way.label) for way in Meeting}


def _age_label(band: str, said: Mapping[str, str]) -> str:
    if band.endswith("+"):
        return said["older"] % {"age": band.rstrip("+")}
    return said["years"] % {"ages": band.replace("-", "–")}


def facets(asked: Asked, counted: Mapping[str, Counts], frame: Frame) -> SafeString:
    """All groups of filters that could narrow or widen what is shown."""
    said = _said(frame.language)
    groups = terms(Taxonomies.TARGET_GROUPS, frame.language).values()
    situations = counted.get("target_group", {})
    found = [
        (said["needs"], _needs(asked, counted.get("need", {}), frame), True),
        (said["situations"], _groups(asked, situations, groups, "situasjon"), False),
        (said["roles"], _groups(asked, situations, groups, "rolle"), False),
        (said["municipalities"], _municipalities(asked, counted, frame), True),
        (said["meeting"], _meeting(asked, counted.get("meeting", {}), said), True),
        (said["more"], _more(asked, counted, said), True),
        (said["ages"], _ages(asked, counted.get("age", {}), said), False),
    ]
    html = [_group(title, options, is_open=open_) for title, options, open_ in found if options]
    return mark_safe("".join(html))  # noqa: S308  (escaped in `_group` and `Option.html`)


def _group(title: str, options: list[Option], *, is_open: bool) -> str:
    """The boxes under one title; open when one of them is chosen."""
    shown = is_open or any(option.is_chosen for option in options)
    named = escape(title)
    boxes = "".join([option.html() for option in options])
    return (
        f'<details class="st-facet"{" open" if shown else ""}>'
        f"<summary>{named}{_CHEVRON}</summary>"
        f'<fieldset><legend class="ds-sr-only">{named}</legend>{boxes}</fieldset></details>'
    )


_CHEVRON = svg("chevron-down")


def _needs(asked: Asked, counts: Counts, frame: Frame) -> list[Option]:
    """The needs of the first level, and those below one that is chosen."""
    known = terms(Taxonomies.NEEDS, frame.language)
    opened = {known[code].parent or code for code in asked.needs if code in known}
    shown = [term for term in known.values() if not term.parent]
    options = []
    for top in shown:
        options += _offered([_need(top, asked, counts, 0)])
        if top.code in opened:
            below = [term for term in known.values() if term.parent == top.code]
            options += _offered([_need(term, asked, counts, 1) for term in below])
    return options


def _need(term: TermLabel, asked: Asked, counts: Counts, depth: int) -> Option:
    chosen = term.code in asked.needs
    return Option("behov", term.code, term.label, counts.get(term.code, 0), chosen, depth)


def _offered(options: Iterable[Option]) -> list[Option]:
    """Without those that would leave nothing, unless chosen: then they must be there to undo."""
    return [option for option in options if option.count or option.is_chosen]


def _groups(asked: Asked, counts: Counts, groups: Iterable[TermLabel], facet: str) -> list[Option]:
    return _offered(
        Option(
            "situasjon", one.code, one.label, counts.get(one.code, 0), one.code in asked.situations
        )
        for one in groups
        if one.facet == facet
    )


def _municipalities(asked: Asked, counted: Mapping[str, Counts], frame: Frame) -> list[Option]:
    counts = counted.get("municipality", {})
    if len(frame.scope.municipalities) < 2:
        return []
    shown = _municipalities_shown(asked, counts, frame)
    return [
        Option(
            "kommune",
            one.number,
            one.name,
            counts.get(one.number, 0),
            one.number in asked.municipalities,
        )
        for one in frame.scope.municipalities
        if one.number in shown
    ]


def _municipalities_shown(asked: Asked, counts: Counts, frame: Frame) -> frozenset[str]:
    """All of a region's; of a whole country's only those with most to offer, and the chosen.

    Nobody reads 357 boxes. The others are reached by the name in the question or the place field.
    """
    numbers = frame.scope.numbers
    if len(numbers) <= MOST_MUNICIPALITIES:
        return numbers
    most = sorted(counts, key=lambda number: -counts[number])[:MOST_MUNICIPALITIES]
    return numbers.intersection([*most, *asked.municipalities])


def _meeting(asked: Asked, counts: Counts, said: Mapping[str, str]) -> list[Option]:
    return _offered(
        Option("mote", str(way), said[str(way)], counts.get(str(way), 0), way in asked.meeting)
        for way in Meeting
    )


def _more(asked: Asked, counted: Mapping[str, Counts], said: Mapping[str, str]) -> list[Option]:
    free = counted.get("free", {}).get("yes", 0)
    open_now = counted.get("open_now", {}).get("yes", 0)
    return [
        Option("gratis", "1", said["free"], free, asked.free),
        Option("apent", "1", said["open_now"], open_now, asked.open_now),
    ]


def _ages(asked: Asked, counts: Counts, said: Mapping[str, str]) -> list[Option]:
    return _offered(
        Option("alder", band, _age_label(band, said), counts.get(band, 0), band in asked.ages)
        for band in AGE_BANDS
    )


def chips(asked: Asked, frame: Frame, origin_name: str = "") -> list[Chip]:
    """What is chosen, each with the way to take it off."""
    said = _said(frame.language)
    needs = terms(Taxonomies.NEEDS, frame.language)
    groups = terms(Taxonomies.TARGET_GROUPS, frame.language)
    names = {one.number: one.name for one in frame.scope.municipalities}
    labelled = {
        "needs": {code: needs[code].label for code in asked.needs},
        "situations": {code: groups[code].label for code in asked.situations},
        "municipalities": {number: names[number] for number in asked.municipalities},
        "ages": {band: _age_label(band, said) for band in asked.ages},
        "meeting": {way: said[way] for way in asked.meeting},
    }
    found = [
        Chip(label, asked.without(field, value))
        for field, labels in labelled.items()
        for value, label in labels.items()
    ]
    if asked.free:
        found.append(Chip(said["free"], asked.query_string(free=False)))
    if asked.open_now:
        found.append(Chip(said["open_now"], asked.query_string(open_now=False)))
    if asked.near or origin_name:
        label = said["here"] if asked.near else said["near"] % {"place": origin_name}
        away = replace(asked, near=None, place="", order="relevance")
        found.append(Chip(label, away.query_string()))
    return found
