"""The filters beside a list of results, each with what it would leave."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from samtun.directory.enums import Meeting, Taxonomies
from samtun.directory.queries.terms import terms
from samtun.front.asking import Asked, Links
from samtun.front.frame import Frame
from samtun.organisations.queries import municipality_names, region_scope
from samtun.organisations.recent import for_a_minute
from samtun.search import AGE_BANDS
from samtun.ui.filters import Link, Option, chips, group

Counts = Mapping[str, int]
MOST_MUNICIPALITIES = 24


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


@dataclass(frozen=True, slots=True)
class Boxes:
    """All there is to tick in a region, in the order people should meet it."""

    needs: tuple[Option, ...]
    top_needs: tuple[Option, ...]
    situations: tuple[Option, ...]
    roles: tuple[Option, ...]
    municipalities: tuple[Option, ...]
    meeting: tuple[Option, ...]
    ages: tuple[Option, ...]
    free: Option
    open_now: Option


@for_a_minute
def _boxes(region: str, language: str) -> Boxes:
    said = _said(language)
    needs = _needs(language)
    scope = region_scope(region)
    return Boxes(
        needs=tuple(needs),
        top_needs=tuple(option for option in needs if not option.is_below),
        situations=_groups("situasjon", language),
        roles=_groups("rolle", language),
        municipalities=tuple(
            Option("kommune", one.number, one.name)
            for one in (scope.municipalities if scope else ())
        ),
        meeting=tuple(Option("mote", str(way), said[str(way)]) for way in Meeting),
        ages=tuple(Option("alder", band, _age_label(band, said)) for band in AGE_BANDS),
        free=Option("gratis", "1", said["free"]),
        open_now=Option("apent", "1", said["open_now"]),
    )


def _needs(language: str) -> list[Option]:
    """Each need of the first level, followed by those below it."""
    known = terms(Taxonomies.NEEDS, language).values()
    return [
        Option("behov", each.code, each.label, is_below=each is not top)
        for top in known
        if not top.parent
        for each in (top, *(term for term in known if term.parent == top.code))
    ]


def _groups(facet: str, language: str) -> tuple[Option, ...]:
    known = terms(Taxonomies.TARGET_GROUPS, language).values()
    return tuple(Option("situasjon", one.code, one.label) for one in known if one.facet == facet)


def facets(asked: Asked, counted: Mapping[str, Counts], frame: Frame) -> SafeString:
    """All groups of filters that could narrow or widen what is shown."""
    said = _said(frame.language)
    boxes = _boxes(frame.scope.slug, frame.language)
    about = counted.get("target_group", {})
    needs = _offered(_needs_shown(asked, boxes, frame), counted.get("need", {}), asked.needs)
    situations = _offered(boxes.situations, about, asked.situations)
    roles = _offered(boxes.roles, about, asked.situations)
    meeting = _offered(boxes.meeting, counted.get("meeting", {}), asked.meeting)
    ages = _offered(boxes.ages, counted.get("age", {}), asked.ages)
    found = [
        (said["needs"], needs, True),
        (said["situations"], situations, _has_any(boxes.situations, asked.situations)),
        (said["roles"], roles, _has_any(boxes.roles, asked.situations)),
        (said["municipalities"], _municipalities(asked, counted, frame, boxes), True),
        (said["meeting"], meeting, True),
        (said["more"], _more(asked, counted, boxes), True),
        (said["ages"], ages, bool(asked.ages)),
    ]
    groups = [group(title, html, is_open=is_open) for title, html, is_open in found if html]
    return SafeString("".join(groups))


def _offered(options: Iterable[Option], counts: Counts, chosen: tuple[str, ...]) -> list[str]:
    """Without those that would leave nothing, unless chosen: then they must be there to undo."""
    boxes = []
    for option in options:
        count = counts.get(option.value, 0)
        is_chosen = option.value in chosen
        if count or is_chosen:
            boxes.append(option.html(count, is_chosen=is_chosen))
    return boxes


def _has_any(options: Iterable[Option], chosen: tuple[str, ...]) -> bool:
    return bool(chosen) and any(option.value in chosen for option in options)


def _needs_shown(asked: Asked, boxes: Boxes, frame: Frame) -> Iterable[Option]:
    """The needs of the first level, and those below one that is chosen."""
    if not asked.needs:
        return boxes.top_needs
    known = terms(Taxonomies.NEEDS, frame.language)
    opened = {known[code].parent or code for code in asked.needs}
    return (
        option
        for option in boxes.needs
        if not option.is_below or known[option.value].parent in opened
    )


def _municipalities(
    asked: Asked, counted: Mapping[str, Counts], frame: Frame, boxes: Boxes
) -> list[str]:
    """Also those that would leave nothing: the region's map is the same on every page."""
    if len(boxes.municipalities) < 2:
        return []
    counts = counted.get("municipality", {})
    shown = _municipalities_shown(asked, counts, frame)
    return [
        option.html(counts.get(option.value, 0), is_chosen=option.value in asked.municipalities)
        for option in boxes.municipalities
        if option.value in shown
    ]


def _municipalities_shown(asked: Asked, counts: Counts, frame: Frame) -> Set[str]:
    """All of a region's; of a whole country's only those with most to offer, and the chosen.

    Nobody reads 357 boxes. The others are reached by the name in the question or the place field.
    """
    if len(frame.scope.numbers) <= MOST_MUNICIPALITIES:
        return frame.scope.numbers
    most = sorted(counts, key=counts.__getitem__, reverse=True)[:MOST_MUNICIPALITIES]
    return {*most, *asked.municipalities}


def _more(asked: Asked, counted: Mapping[str, Counts], boxes: Boxes) -> list[str]:
    free = counted.get("free", {}).get("yes", 0)
    open_now = counted.get("open_now", {}).get("yes", 0)
    return [
        boxes.free.html(free, is_chosen=asked.free),
        boxes.open_now.html(open_now, is_chosen=asked.open_now),
    ]


def chosen(asked: Asked, links: Links, frame: Frame, origin_name: str = "") -> SafeString:
    """What is chosen, each with the way to take it off."""
    found = list(_chosen(asked, links, frame))
    if asked.near or origin_name:
        said = _said(frame.language)
        label = said["here"] if asked.near else said["near"] % {"place": origin_name}
        found.append(Link(label, links.to(near=None, place="", order="relevance")))
    return chips(found, links.bare() if asked.narrows else "")


def _chosen(asked: Asked, links: Links, frame: Frame) -> Iterable[Link]:
    if not asked.narrows:
        return
    said = _said(frame.language)
    needs = terms(Taxonomies.NEEDS, frame.language)
    groups = terms(Taxonomies.TARGET_GROUPS, frame.language)
    labels = {
        "needs": [needs[code].label for code in asked.needs],
        "situations": [groups[code].label for code in asked.situations],
        "municipalities": [municipality_names()[number] for number in asked.municipalities],
        "ages": [_age_label(band, said) for band in asked.ages],
        "meeting": [said[way] for way in asked.meeting],
    }
    for field, names in labels.items():
        values = getattr(asked, field)
        for value, label in zip(values, names, strict=True):
            others = tuple(other for other in values if other != value)
            yield Link(label, links.to(**{field: others}))
    if asked.free:
        yield Link(said["free"], links.to(free=False))
    if asked.open_now:
        yield Link(said["open_now"], links.to(open_now=False))
