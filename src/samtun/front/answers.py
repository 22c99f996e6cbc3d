"""What a results page shows, from a question and what was found."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.safestring import SafeString

from samtun import search
from samtun.directory import finding
from samtun.directory.enums import Taxonomies
from samtun.directory.queries import plain_search
from samtun.directory.queries.listed import listings_of
from samtun.directory.queries.terms import terms
from samtun.front import facets, rows
from samtun.front.asking import PAGE_SIZE, Asked
from samtun.front.crisis import CrisisLine, Danger, dangers, lines_for
from samtun.front.frame import Frame
from samtun.front.paging import pages
from samtun.organisations.contacts import ContactCard, region_contacts
from samtun.organisations.points import Point
from samtun.organisations.queries import municipality_names

_MENTIONED = 3  # needs and situations that are said back to the visitor
_CLEARLY = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """Something read out of the question, and the address that holds on to it."""

    label: str
    url: str


def answer(asked: Asked, query: search.Query) -> finding.Answer:
    """What was found; only by the words themselves when that is asked for."""
    if asked.literally and asked.text:
        return finding.Answer(plain_search.results(query))
    return finding.find(query)


def context(
    asked: Asked, found: finding.Answer, frame: Frame, origin: Point | None
) -> dict[str, Any]:
    """Everything `front/search.html` and its fragment read."""
    results = found.results
    meant = results.understanding
    danger = dangers(asked.text, meant, (*asked.needs, *asked.situations))
    return crisis_context(danger, frame) | {
        "question": asked.text,
        "place": asked.place,
        "near": asked.near,
        "by_distance": asked.order == "distance",
        "with_map": asked.with_map,
        "kept": asked.kept,
        "literally": asked.literally and asked.text,
        "total": results.total,
        "relaxed": results.relaxed or "",
        "is_plain": found.is_plain,
        "corrections": [*meant.corrections.values()],
        "literally_url": asked.query_string(literally=True),
        "read_url": asked.query_string(literally=False),
        "readings": [] if results.relaxed == "general" else readings(asked, meant, frame),
        "facets": _facets(asked, results, frame),
        "chips": facets.chips(asked, frame, origin.name if origin else ""),
        "clear_url": asked.bare().query_string() if asked.narrows else "",
        "rows": result_rows(results, frame, timezone.localdate(), asked.kept),
        "start": (asked.page - 1) * PAGE_SIZE + 1,
        "pages": pages(asked, results.total),
        "origin": origin,
        "contact": first_contact(frame),
    }


def _facets(asked: Asked, results: search.Results, frame: Frame) -> SafeString | str:
    """The filters; none where the list answers another question than the one asked."""
    if not results.facets or results.relaxed in {"area", "general"}:
        return ""
    return facets.facets(asked, results.facets, frame)


def crisis_context(danger: list[Danger], frame: Frame) -> dict[str, Any]:
    """The calm box with numbers, when somebody may be in danger."""
    lines: list[CrisisLine] = lines_for(danger, frame.language)
    return {
        "crisis_lines": lines,
        "is_violence": Danger.VIOLENCE in danger,
        "is_child": Danger.CHILD in danger,
    }


def result_rows(
    results: search.Results, frame: Frame, today: date, kept: tuple[str, ...] = ()
) -> SafeString:
    """The rows of the hits that are still public."""
    style = rows.Style.of(frame, today, kept)
    away = {hit.id: hit.distance_km for hit in results.hits}
    listed = listings_of([hit.id for hit in results.hits])
    return rows.together(rows.row(data, style, away[key]) for key, data in listed)


def readings(asked: Asked, meant: search.Understanding, frame: Frame) -> list[Reading]:
    """What was read out of the words, each as a filter that the visitor can choose."""
    needs = terms(Taxonomies.NEEDS, frame.language)
    groups = terms(Taxonomies.TARGET_GROUPS, frame.language)
    found = [
        Reading(needs[code].label, asked.query_string(needs=(code,)))
        for code, weight in meant.needs.items()
        if weight >= _CLEARLY and code in needs and code not in asked.needs
    ][:_MENTIONED]
    found += [
        Reading(groups[code].label, asked.query_string(situations=(code,)))
        for code, weight in meant.target_groups.items()
        if weight >= _CLEARLY and code in groups and code not in asked.situations
    ][:_MENTIONED]
    return found + _places_read(asked, meant, frame)


def _places_read(asked: Asked, meant: search.Understanding, frame: Frame) -> list[Reading]:
    names = municipality_names()
    numbers = {number for place in meant.places for number in place.municipalities}
    return [
        Reading(names[number], asked.query_string(municipalities=(number,)))
        for number in sorted(numbers & frame.scope.numbers)
        if number not in asked.municipalities
    ][:_MENTIONED]


def first_contact(frame: Frame) -> ContactCard | None:
    """The person to call when a page cannot help: of the municipality if one is chosen."""
    contacts = region_contacts(frame.scope.slug, frame.language)
    for_all = [one for one in contacts if not one.municipalities]
    return next(iter([*for_all, *contacts]), None)


def contacts_for(frame: Frame) -> list[ContactCard]:
    """Those who answer for the whole region, and those of the chosen municipality."""
    chosen = frame.municipality.number if frame.municipality else ""
    contacts = region_contacts(frame.scope.slug, frame.language)
    return [one for one in contacts if not one.municipalities or chosen in one.municipalities]


def address(path: str, **parameters: str) -> str:
    """`path?name=value`, without what is empty."""
    given = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
