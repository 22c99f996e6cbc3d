"""What pages show of what was found, and whom they send a visitor to."""

from collections.abc import Container, Mapping
from datetime import date
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from samtun import search
from samtun.directory import finding
from samtun.directory.enums import Taxonomies
from samtun.directory.queries import plain_search
from samtun.directory.queries.listed import listings_of
from samtun.directory.queries.terms import terms
from samtun.front import rows
from samtun.front.asking import Asked, Links
from samtun.front.frame import Frame
from samtun.organisations.contacts import ContactCard, region_contacts, without_contact
from samtun.organisations.models import Municipality
from samtun.organisations.queries import municipality_names
from samtun.ui.filters import Link

_MENTIONED = 3  # needs and situations that are said back to the visitor
_CLEARLY = 0.5


def answer(asked: Asked, query: search.Query) -> finding.Answer:
    """What was found; only by the words themselves when that is asked for."""
    if asked.literally and asked.text:
        return finding.Answer(plain_search.results(query))
    return finding.find(query)


def result_rows(
    results: search.Results, frame: Frame, today: date, kept: tuple[str, ...] = ()
) -> SafeString:
    """The rows of the hits that are still public."""
    style = rows.Style.of(frame, today, kept)
    away = {hit.id: hit.distance_km for hit in results.hits}
    listed = listings_of([hit.id for hit in results.hits])
    return rows.together(rows.row(data, style, away[key]) for key, data in listed)


def readings(asked: Asked, meant: search.Understanding, links: Links, frame: Frame) -> list[Link]:
    """What was read out of the words, each as a filter that the visitor can choose."""
    needs = terms(Taxonomies.NEEDS, frame.language)
    groups = terms(Taxonomies.TARGET_GROUPS, frame.language)
    found = [
        Link(needs[code].label, links.to(needs=(code,)))
        for code in _clear(meant.needs, needs, asked.needs)
    ]
    found += [
        Link(groups[code].label, links.to(situations=(code,)))
        for code in _clear(meant.target_groups, groups, asked.situations)
    ]
    names = municipality_names()
    places = {number for place in meant.places for number in place.municipalities}
    places -= {*asked.municipalities}
    found += [
        Link(names[number], links.to(municipalities=(number,)))
        for number in sorted(places & frame.scope.numbers)[:_MENTIONED]
    ]
    return found


def _clear(read: Mapping[str, float], known: Container[str], chosen: Container[str]) -> list[str]:
    """The terms that were read without much doubt and are not chosen already."""
    clear = [code for code, weight in read.items() if weight >= _CLEARLY]
    return [code for code in clear if code in known and code not in chosen][:_MENTIONED]


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


def without_own_contact(frame: Frame) -> list[Municipality]:
    """Where nobody of the municipality's own answers: of the chosen one, or of all."""
    contacts = region_contacts(frame.scope.slug, frame.language)
    shown = [frame.municipality] if frame.municipality else frame.scope.municipalities
    return without_contact(contacts, shown)


def address(path: str, **parameters: str) -> str:
    """`path?name=value`, without what is empty."""
    given = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
