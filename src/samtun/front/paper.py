"""Services as documents say them: from an `Offer` to the plain values of `documents.content`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext

from samtun.directory.queries.region_booklet import Row
from samtun.directory.queries.terms import needs_below, top_needs
from samtun.documents.content import (
    Booklet,
    Chapter,
    ContactCard,
    CrisisNumber,
    Entry,
    Group,
    Heading,
    ListSheet,
    Section,
    Sheet,
)
from samtun.front import crisis, rows
from samtun.front.frame import Frame
from samtun.front.hours import Timetable
from samtun.front.offer import Offer, Reach, Said
from samtun.organisations.contacts import ContactCard as RegionCard
from samtun.organisations.contacts import region_contacts


def _public(path: str) -> str:
    return settings.PUBLIC_URL + path


def _map_name(frame: Frame) -> str:
    return gettext("The resource map for %(region)s") % {"region": frame.name.value}


def sheet(offer: Offer) -> Sheet:
    """One service on one page."""
    return Sheet(
        language=offer.frame.language,
        name=offer.name.text,
        url=_public(offer.url),
        made_on=offer.today,
        map_name=_map_name(offer.frame),
        provider=", ".join(one.name for one in offer.organizations[:2]),
        summary=offer.summary.text,
        alert=_alert(offer),
        sections=tuple(_sections(offer)),
        contacts=tuple(_card(one) for one in offer.reach) + _web(offer),
        confirmed_on=None if offer.is_stale else offer.service.assured_date,
        keeper="" if offer.source else offer.organizations[0].name,
        text_language=offer.language_mark,
        is_example=offer.is_example,
    )


def _alert(offer: Offer) -> str:
    closed = gettext("Closed for a while.") if offer.is_closed else ""
    return " ".join(filter(None, (closed, offer.alert.text)))


def _sections(offer: Offer) -> Iterator[Section]:
    yield _section(Heading.ABOUT, offer.description)
    ages = f"{offer.ages}." if offer.ages else ""
    yield _section(Heading.FOR_WHOM, offer.for_whom, ages, capfirst(offer.covers))
    yield _section(Heading.HOW, offer.next_step)
    yield _section(Heading.BRING, *(f"- {said.text}" for said, _ in offer.documents), between="\n")
    yield _section(Heading.WAIT, offer.wait)
    yield _section(Heading.WHEN, *_times(offer.hours.timetables))
    yield _section(Heading.WHERE, offer.meetings, *_where(offer))
    yield _section(Heading.PRICE, *_prices(offer), offer.fees)
    yield _section(Heading.LANGUAGES, capfirst(offer.spoken), offer.interpreting)
    yield _section(
        Heading.ACCESSIBILITY, *(said for one in offer.places for said in one.accessibility)
    )


def _section(heading: Heading, *parts: Said | str, between: str = "\n\n") -> Section:
    texts = [part.text if isinstance(part, Said) else part for part in parts]
    foreign = next((part.lang for part in parts if isinstance(part, Said) and part.lang), "")
    return Section(heading=heading, text=between.join(filter(None, texts)), text_language=foreign)


def _times(tables: Iterable[Timetable]) -> Iterator[str]:
    """A paragraph for each season or purpose."""
    for table in tables:
        heading = " ".join(filter(None, (table.place, table.note.value, table.season)))
        lines = [f"{day.name}: {day.hours}" for day in table.days] + table.lines
        yield "\\\n".join(filter(None, (heading, *lines)))


def _where(offer: Offer) -> Iterator[str]:
    if offer.details.has_secret_place:
        yield gettext("The address is secret. Call, and you will be told where.")
    for place in offer.places:
        yield ", ".join(filter(None, (place.name.text, place.address)))
        yield place.directions.text


def _prices(offer: Offer) -> Iterator[str]:
    if offer.is_free and not offer.costs:
        yield gettext("Free")
    for what, amount, note in offer.costs:
        yield ". ".join(filter(None, (": ".join(filter(None, (what.text, amount))), note.text)))


def _card(one: Reach) -> ContactCard:
    number, purpose = one.phones[0] if one.phones else ("", Said(""))
    more = "; ".join(f"{other} {said.text}".strip() for other, said in one.phones[1:])
    return ContactCard(
        name=one.name,
        title=one.role.text,
        phone=number,
        email=one.email,
        note="; ".join(filter(None, (purpose.text, more))),
    )


def _web(offer: Offer) -> tuple[ContactCard, ...]:
    return tuple(ContactCard(name=words, url=url) for words, url in offer.links[:3])


# -- my list ---------------------------------------------------------------------------------------


def list_sheet(offers: Sequence[Offer], frame: Frame, address: str, today: date) -> ListSheet:
    """A visitor's own list; `address` opens it again."""
    return ListSheet(
        language=frame.language,
        url=_public(address),
        made_on=today,
        entries=tuple(_listed(offer) for offer in offers),
        map_name=_map_name(frame),
    )


def _listed(offer: Offer) -> Entry:
    first = next((one for one in offer.reach if one.phones), Reach())
    email = next((one.email for one in offer.reach if one.email), "")
    return Entry(
        key=str(offer.service.pk),
        name=offer.name.text,
        url=_public(offer.url),
        provider=offer.organizations[0].name,
        covers=offer.covers,
        summary=offer.summary.text,
        phone=first.phones[0][0] if first.phones else "",
        email=email,
        web=offer.links[0][1] if offer.links else "",
        when=". ".join(_times(offer.hours.timetables[:1])).replace("\\\n", ", "),
        where=". ".join(_where(offer)) if not offer.places else offer.places[0].address,
        price=". ".join(_prices(offer)) or offer.fees.text,
        how=offer.next_step.text,
        text_language=offer.language_mark,
        is_example=offer.is_example,
    )


# -- the booklet -----------------------------------------------------------------------------------


def booklet(found: Sequence[Row], frame: Frame, today: date) -> Booklet:
    """The whole map, by need."""
    style = rows.Style.of(frame, today)
    language = frame.language
    by_need: dict[str, list[Entry]] = {}
    for one in found:
        entry = _booklet_entry(one, style)
        for need in one.data["needs"]:
            by_need.setdefault(need, []).append(entry)
    chapters = (
        Chapter(title=need.label, groups=tuple(_groups(need.code, language, by_need)))
        for need in top_needs(language)
    )
    scope = frame.scope
    return Booklet(
        language=language,
        region=frame.name.value,
        url=_public(frame.url),
        made_on=today,
        chapters=tuple(chapter for chapter in chapters if chapter.groups),
        municipalities=tuple(one.name for one in scope.municipalities),
        introduction=scope.introductions.get(language, ""),
        crisis=tuple(_crisis_number(line) for line in crisis.all_lines(language)),
        contacts=tuple(map(_region_card, region_contacts(scope.slug, language))),
        is_example=scope.is_example,
    )


def _groups(code: str, language: str, by_need: dict[str, list[Entry]]) -> Iterator[Group]:
    """The chapter's own entries, then those of each need below it."""
    if own := by_need.get(code):
        yield Group(entries=tuple(own))
    for need in needs_below(code, language):
        if entries := by_need.get(need.code):
            yield Group(title=need.label, entries=tuple(entries))


def _booklet_entry(one: Row, style: rows.Style) -> Entry:
    data: dict[str, Any] = one.data
    language = style.frame.language
    name = rows.text_in(data, "name", language)
    municipalities = [
        each.name
        for each in style.frame.scope.municipalities
        if each.number in data["municipalities"]
    ]
    is_everywhere = data["covers_country"] or len(municipalities) == len(
        style.frame.scope.municipalities
    )
    return Entry(
        key=data["slug"],
        name=name.value,
        url=_public(style.frame.service_url(data["slug"])),
        provider=data["provider"],
        covers=rows.covers(data, style),
        summary=rows.text_in(data, "summary", language).value,
        phone=data["phone"] or "",
        email=one.email,
        web=one.url,
        municipalities=() if is_everywhere else tuple(municipalities),
        text_language="" if name.language == language else name.language,
        is_example=data["is_example"],
    )


def _crisis_number(line: crisis.CrisisLine) -> CrisisNumber:
    return CrisisNumber(name=line.name, number=line.number, summary=line.audience, hours=line.open)


def _region_card(card: RegionCard) -> ContactCard:
    return ContactCard(
        name=card.name,
        title=card.title.value,
        phone=card.phone,
        email=card.email,
        hours=card.hours.value,
    )
