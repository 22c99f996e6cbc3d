"""Events as documents say them: plain values of `documents.event_content`.

Made from what visitors see, so that no join address and no confidential place can come along. Works
in the language that is active.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from samtun.documents.content import ContactCard
from samtun.documents.event_content import (
    Poster,
    PosterDate,
    Programme,
    ProgrammeDay,
    ProgrammeItem,
)
from samtun.events.enums import EventKind, SignUp
from samtun.events.queries.calendar import Dated
from samtun.front import calendar_facets, event_rows, event_words
from samtun.front.calendar_asked import CalendarAsked, CalendarLinks
from samtun.front.event_facts import Happening
from samtun.front.event_rows import Style
from samtun.front.frame import Frame
from samtun.front.month import month_name
from samtun.front.offer import Said
from samtun.front.rhythm import rhythm
from samtun.organisations.contacts import region_contacts
from samtun.organisations.texts import in_language

_MOST_DATES = {EventKind.ONE_OFF: 1, EventKind.SERIES: 4, EventKind.COURSE: 8}
_LONGEST = 240  # of a text that a poster has room for
_CARDS = 2  # contacts below a programme
_GIVERS = 4


def _map_name(frame: Frame) -> str:
    return gettext("The resource map for %(region)s") % {"region": frame.name.value}


# -- the poster ------------------------------------------------------------------------------------


def poster(happening: Happening) -> Poster:
    """An event to hang up."""
    event, texts = happening.event, happening.texts
    return Poster(
        language=happening.frame.language,
        name=texts["name"].text,
        url=settings.PUBLIC_URL + happening.url,
        made_on=happening.today,
        map_name=_map_name(happening.frame),
        occasion=happening.kind,
        provider=" · ".join(_givers(happening)),
        summary=_own(happening, "summary"),
        rule=_rule(happening),
        dates=tuple(_poster_dates(happening)),
        where=tuple(_whereabouts(happening)),
        for_whom=shortened(
            "\n\n".join(filter(None, (_own(happening, "for_whom"), happening.ages)))
        ),
        children=_children(happening),
        price=_price(happening),
        sign_up=_sign_up(happening),
        alert=_alert(happening),
        contact=_contact(happening),
        text_language=texts["name"].lang,
        is_example=event.is_example or event.organization.is_example,
    )


def _own(happening: Happening, field: str) -> str:
    """A text of the event, unless it is in a language that the poster's reader may not know."""
    return _if_read(happening.texts[field], happening)


def _children(happening: Happening) -> str:
    return _if_read(happening.children, happening)


def _if_read(said: Said, happening: Happening) -> str:
    """A poster marks one language for all texts of the event: that of its name."""
    reader = happening.frame.language
    languages = (said.lang or reader, happening.texts["name"].lang or reader)
    return said.text if len({language == "en" for language in languages}) == 1 else ""


def _givers(happening: Happening) -> list[str]:
    organizations = [happening.event.organization, *happening.details.co_organizers]
    return [one.name for one in organizations[:_GIVERS]]


def _rule(happening: Happening) -> str:
    """`Siste onsdag i måneden kl. 18–20`, with the hours of the next date."""
    said, row = rhythm(happening.event, happening.frame.language), happening.details.focus
    if not said or row is None:
        return ""
    return f"{capfirst(said)} {_hours(row, happening.frame.language)}"


def _hours(row: Dated, language: str) -> str:
    return event_words.span(row.starts_at, row.ends_at, language)


def _poster_dates(happening: Happening) -> Iterator[PosterDate]:
    """The dates; where the rule says their hours, those that are as always do not."""
    style, rule = Style.of(happening.frame, happening.now), _rule(happening)
    for row in _shown_dates(happening):
        theme, hours = _of_date(row, "theme", style), _hours(row, style.frame.language)
        yield PosterDate(
            day=event_words.full_day(row.day, style.today, style.frame.language),
            hours="" if rule.endswith(hours) else hours,
            note=_trouble(row, style) or theme,
        )


def _shown_dates(happening: Happening) -> Sequence[Dated]:
    """The next ones; of a single date that one, also when it is cancelled."""
    most = _MOST_DATES[EventKind(happening.event.kind)]
    return [row for row in happening.details.dates if row.ends_at > happening.now][:most]


def _trouble(row: Dated, style: Style) -> str:
    """That a date is cancelled or moved, and what is said about it."""
    notice = _of_date(row, "notice", style)
    if row.is_cancelled:
        return ": ".join(filter(None, (style.said.states["cancelled"], notice)))
    if row.is_moved:
        return ": ".join(filter(None, (style.said.moved, notice)))
    return notice


def _of_date(row: Dated, field: str, style: Style) -> str:
    own = {row.language: getattr(row, field)}
    texts = {code: each.get(field, "") for code, each in row.translations.items()}
    return in_language(texts | own, style.frame.language, original=row.language).value


def _whereabouts(happening: Happening) -> Iterator[str]:
    said = event_words.event_words(happening.frame.language)
    if not happening.event.meets_in_person:
        yield said.online
        return
    if happening.details.has_secret_place:
        yield said.secret
    if place := happening.place:
        yield ", ".join(filter(None, (place.name.text, happening.room)))
        yield place.address
    yield shortened(_own(happening, "getting_there"))
    if happening.event.meets_online:
        yield said.both


def _price(happening: Happening) -> str:
    if said := _own(happening, "price"):
        return shortened(said)
    return gettext("Free") if happening.event.is_free else ""


def _sign_up(happening: Happening) -> str:
    """Whether one must sign up, and how; nothing where one cannot come."""
    if _alert(happening):
        return ""
    lines = happening.coming[:2]
    takes = {"come", "room", "few", "waiting_list", "not_yet"}
    if happening.event.sign_up == SignUp.REQUIRED and happening.state in takes:
        phone = happening.event.contact_phone
        by_phone = gettext("Scan the code to sign up, or call %(phone)s.") % {"phone": phone}
        lines.append(by_phone if phone else gettext("Scan the code to sign up."))
    return " ".join(lines)


def _alert(happening: Happening) -> str:
    row = happening.details.focus
    only = happening.event.kind == EventKind.ONE_OFF and row is not None and row.is_cancelled
    if only or happening.is_event_cancelled:
        return pgettext("an event", "Cancelled")
    return gettext("It is over") if happening.is_over else ""


def _contact(happening: Happening) -> ContactCard | None:
    """Whom the event names, else who answers for the region."""
    event = happening.event
    if event.contact_phone or event.contact_email:
        return ContactCard(
            name=event.contact_name, phone=event.contact_phone, email=event.contact_email
        )
    return next(iter(_cards(happening.frame)), None)


def _cards(frame: Frame) -> list[ContactCard]:
    """Those who answer for the whole region, or for the municipality that was chosen."""
    number = frame.municipality.number if frame.municipality else ""
    found = region_contacts(frame.scope.slug, frame.language)
    return [
        ContactCard(
            name=one.name,
            title=one.title.value,
            phone=one.phone,
            email=one.email,
            hours=one.hours.value,
        )
        for one in found
        if not one.municipalities or number in one.municipalities
    ][:_CARDS]


def shortened(text: str) -> str:
    """As many whole sentences as a poster has room for."""
    text = text.strip()
    if len(text) <= _LONGEST:
        return text
    cut = text[:_LONGEST]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    return cut[: end + 1].strip() if end > 0 else f"{cut.rpartition(' ')[0]} …"


# -- the programme ---------------------------------------------------------------------------------


def programme(
    rows: Sequence[Dated], asked: CalendarAsked, frame: Frame, now: datetime, first: date
) -> Programme:
    """The month that begins on `first`; `rows` are its dates in order of time."""
    style, links = Style.of(frame, now), CalendarLinks(asked)
    narrowed = [link.label for link in calendar_facets.chosen_links(asked, links, frame)]
    return Programme(
        language=frame.language,
        region=frame.name.value,
        month=month_name(first, frame.language),
        url=f"{settings.PUBLIC_URL}{frame.url}kalender/{links.month(first)}",
        made_on=style.today,
        days=tuple(_day(day, list(own), style) for day, own in groupby(rows, lambda row: row.day)),
        narrowed=" · ".join(narrowed),
        contacts=tuple(_cards(frame)),
        is_example=frame.scope.is_example,
    )


def _day(day: date, rows: list[Dated], style: Style) -> ProgrammeDay:
    weekday, number, _month = event_words.short_day(day, style.frame.language)
    return ProgrammeDay(
        name=event_words.full_day(day, style.today, style.frame.language),
        weekday=weekday,
        number=number,
        items=tuple(_item(row, style) for row in rows),
    )


def _item(row: Dated, style: Style) -> ProgrammeItem:
    name = event_rows.name_of(row, style)
    theme = _of_date(row, "theme", style)
    texts = {code: each.get("summary", "") for code, each in row.event_translations.items()}
    summary = in_language(
        texts | {row.event_language: row.summary}, style.frame.language, original=row.event_language
    ).value
    return ProgrammeItem(
        name=name.value,
        hours=_hours(row, style.frame.language),
        theme=style.said.theme % {"theme": theme} if theme else "",
        summary="" if theme else summary,
        where=_where(row, style),
        facts=tuple(_facts(row, style)),
        alert=_trouble(row, style),
        url=settings.PUBLIC_URL + event_rows.date_url(style.frame, row),
        is_cancelled=row.is_cancelled,
        text_language="" if name.language == style.frame.language else name.language,
    )


def _where(row: Dated, style: Style) -> str:
    if row.online and not row.in_person:
        return style.said.online
    town = style.names.get(row.town, "")
    return ", ".join(filter(None, (row.place, "" if town in row.place else town)))


def _facts(row: Dated, style: Style) -> Iterator[str]:
    """What stays true on paper: not how many places are left."""
    if row.is_free:
        yield style.said.free
    if row.sign_up == SignUp.REQUIRED:
        yield gettext("Sign up")
    else:
        yield style.said.states["come"]
    if row.online and row.in_person:
        yield style.said.both
    if row.for_children:
        yield style.said.for_children
    else:
        yield event_words.ages(row.minimum_age, row.maximum_age, style.frame.language)
