"""One service as its page and its PDF say it, in the language that is active."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, cast

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samtun.directory.enums import ServiceStatus, Taxonomies
from samtun.directory.models import Contact, Phone
from samtun.directory.opening import ZONE
from samtun.directory.queries.service_page import Details, Place
from samtun.directory.queries.terms import terms
from samtun.documents.blocks import safe_url
from samtun.front import prose, rows
from samtun.front.frame import Frame
from samtun.front.hours import Hours, hours, listed, written
from samtun.front.phrases import address_line, language_name, money, shown_url
from samtun.front.words import is_overdue, words
from samtun.organisations.models import Organization
from samtun.organisations.texts import Text

# Pages a visitor may have to leave at once, and that must not show in the history by name.
SENSITIVE_NEEDS = frozenset({"vold-krisesenter"})
SENSITIVE_GROUPS = frozenset({"vold"})
_LEVELS = 3  # of organisations, as they are read
MAP = "https://www.openstreetmap.org/?mlat={0:.5f}&mlon={1:.5f}#map=16/{0:.5f}/{1:.5f}"


class _Translatable(Protocol):
    def text(self, field: str, language: str) -> Text: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the language it is in when that is not the page's; false when empty."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def html(self) -> SafeString:
        """The text with its paragraphs, lists and links."""
        return prose.public_html(self.text)


@dataclass(frozen=True, slots=True)
class Reach:
    """Somebody or something that answers. Phones are the number and what it is for."""

    name: str = ""
    role: Said = Said("")
    phones: tuple[tuple[str, Said], ...] = ()
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.role or self.phones or self.email)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place with how to get there and what it is like."""

    name: Said
    address: str
    directions: Said
    about: Said
    accessibility: tuple[Said, ...]
    phones: tuple[tuple[str, Said], ...]
    map_url: str
    url: str
    hours: Hours


@dataclass(frozen=True, slots=True)
class Label:
    """A need or target group, and the search for it."""

    code: str
    name: str
    url: str


class Offer:
    """Reads `details` for one visitor; every property is ready to be shown."""

    def __init__(self, details: Details, frame: Frame, now: datetime) -> None:
        self.details = details
        self.service = details.service
        self.frame = frame
        self.now = now

    # -- what it is -------------------------------------------------------------------------------

    def said(self, thing: _Translatable, field: str) -> Said:
        """The text of a field for this reader."""
        text = thing.text(field, self.frame.language)
        return Said(text.value, "" if text.language == self.frame.language else text.language)

    @cached_property
    def name(self) -> Said:
        """What it is called."""
        return self.said(self.service, "name")

    @cached_property
    def summary(self) -> Said:
        """One sentence; empty when the description has to do."""
        return self.said(self.service, "summary")

    @cached_property
    def description(self) -> Said:
        """What it is."""
        return self.said(self.service, "description")

    @cached_property
    def language_mark(self) -> str:
        """The language of the text when it is not the reader's."""
        return self.description.lang or self.name.lang

    @cached_property
    def alert(self) -> Said:
        """Something to know just now."""
        return self.said(self.service, "alert")

    @cached_property
    def is_closed(self) -> bool:
        """Closed for a while."""
        return self.service.status == ServiceStatus.TEMPORARILY_CLOSED

    @cached_property
    def is_sensitive(self) -> bool:
        """Whether the reader may need to hide having been here."""
        terms_of = self.details.terms
        return (
            self.service.is_for_children
            or not SENSITIVE_NEEDS.isdisjoint(terms_of[Taxonomies.NEEDS])
            or not SENSITIVE_GROUPS.isdisjoint(terms_of[Taxonomies.TARGET_GROUPS])
        )

    @cached_property
    def url(self) -> str:
        """Its page, from `/`."""
        return self.frame.service_url(self.service.slug)

    # -- who it is for, how to get it -------------------------------------------------------------

    @cached_property
    def next_step(self) -> Said:
        """What to do now."""
        return self.said(self.service, "application_process")

    @cached_property
    def for_whom(self) -> Said:
        """In the provider's words."""
        return self.said(self.service, "eligibility_description")

    @cached_property
    def ages(self) -> str:
        """`From 13 to 17 years`; empty for all ages, and when the provider's words say it."""
        first, last = self.service.minimum_age, self.service.maximum_age
        said = re.findall(r"\d+", self.for_whom.text)
        if all(str(age) in said for age in (first, last) if age):
            return ""
        if first and last is not None:
            return gettext("From %(first)s to %(last)s years") % {"first": first, "last": last}
        if first:
            return gettext("From %(first)s years") % {"first": first}
        if last is not None:
            return gettext("Up to and including %(last)s years") % {"last": last}
        return ""

    @cached_property
    def covers(self) -> str:
        """Whom it is for, by where they live."""
        area = {
            "covers_country": self.details.covers_country,
            "municipalities": self.details.municipalities,
        }
        said = rows.covers(area, rows.Style.of(self.frame, self.today))
        return "; ".join(filter(None, (said, *self.details.areas)))

    @cached_property
    def wait(self) -> Said:
        """How long it may take."""
        return self.said(self.service, "wait_time")

    @cached_property
    def documents(self) -> list[tuple[Said, str]]:
        """What to bring or send, and where to find it."""
        found = [(self.said(one, "document"), safe_url(one.uri)) for one in self.details.documents]
        return [(said, url) for said, url in found if said]

    @cached_property
    def meetings(self) -> str:
        """`In person and by phone`."""
        names = words(self.frame.language).meeting
        ways = [names[way] for way in names if way in self.service.meetings]
        return listed([ways[0], *(way[:1].lower() + way[1:] for way in ways[1:])]) if ways else ""

    # -- price ------------------------------------------------------------------------------------

    @cached_property
    def is_free(self) -> bool:
        """Said to cost nothing."""
        return self.service.is_free is True

    @cached_property
    def fees(self) -> Said:
        """What it costs, in words."""
        return self.said(self.service, "fees_description")

    @cached_property
    def costs(self) -> list[tuple[Said, str, Said]]:
        """What for, how much, and what more there is to know; only prices that hold now."""
        return [
            (self.said(one, "option"), money(one), self.said(one, "amount_description"))
            for one in self.details.costs
            if (one.valid_to is None or one.valid_to >= self.today)
            and (one.valid_from is None or one.valid_from <= self.today)
        ]

    # -- when and where ---------------------------------------------------------------------------

    @cached_property
    def today(self) -> date:
        """The day in Norway."""
        return self.now.astimezone(ZONE).date()

    @cached_property
    def hours(self) -> Hours:
        """When it can be had."""
        several = len(self.details.places) > 1
        names: dict[object, str] = {
            place.at.pk: self.place_name(place) for place in self.details.places if several
        }
        found = hours(self.details.schedules, self.now, names)
        return Hours("", False, found.timetables) if self.is_closed else found  # noqa: FBT003

    def place_name(self, place: Place) -> str:
        """What the place is called, else where it is."""
        return self.said(place.location, "name").text or address_line(place.addresses)

    @cached_property
    def places(self) -> list[Whereabouts]:
        """Where it is given."""
        return [self._whereabouts(place) for place in self.details.places]

    def _whereabouts(self, place: Place) -> Whereabouts:
        location = place.location
        point = (location.latitude, location.longitude)
        return Whereabouts(
            name=self.said(location, "name"),
            address=address_line(place.addresses),
            directions=self.said(location, "transportation"),
            about=self.said(place.at, "description") or self.said(location, "description"),
            accessibility=tuple(
                filter(None, (self.said(one, "description") for one in place.accessibility))
            ),
            phones=self._phones(place.phones),
            map_url=MAP.format(*point) if None not in point else "",
            url=safe_url(location.url),
            hours=hours(place.schedules, self.now),
        )

    # -- who answers ------------------------------------------------------------------------------

    def _phones(self, phones: Iterable[Phone]) -> tuple[tuple[str, Said], ...]:
        found = {}
        for phone in phones:
            extension = f" ({phone.extension})" if phone.extension is not None else ""
            found[f"{phone.number}{extension}"] = self.said(phone, "description")
        return tuple(found.items())

    @cached_property
    def reach(self) -> list[Reach]:
        """Ways to reach it, the service's own first; its organisation's when it has none."""
        own = Reach(phones=self._phones(self.details.phones), email=self.service.email)
        found = [own, *(self._person(contact) for contact in self.details.contacts)]
        if any(found):
            return [one for one in found if one]
        provider = self.service.organization
        phones = self._phones(self.details.phones_of_organization)
        return [
            one
            for one in [Reach(provider.name, phones=phones, email=provider.email)]
            if one.phones or one.email
        ]

    @cached_property
    def number(self) -> str:
        """The number to call first: the one that the next step names, else the first there is."""
        numbers = [number for one in self.reach for number, _ in one.phones]
        named = [number for number in numbers if number in self.next_step.text]
        own = [number for number, _ in self.reach[0].phones] if self.reach else []
        return next(iter(sorted(named, key=self.next_step.text.index) or own), "")

    def _person(self, contact: Contact) -> Reach:
        role = self.said(contact, "title") or self.said(contact, "department")
        phones = self._phones(self.details.phones_of_contacts[contact.pk])
        return Reach(contact.name, role, phones, contact.email)

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """Its pages on the web, as the words to show and the address."""
        more = self.service.additional_urls
        found = [(shown_url(self.service.url), safe_url(self.service.url))]
        for one in more if isinstance(more, list) else []:
            if isinstance(one, dict):
                url = safe_url(str(one.get("url") or ""))
                found.append((str(one.get("label") or "") or shown_url(url), url))
        return [(words, url) for words, url in found if url]

    @cached_property
    def spoken(self) -> str:
        """The languages help can be had in."""
        names = dict.fromkeys(filter(None, map(language_name, self.details.languages)))
        return listed(list(names))

    @cached_property
    def interpreting(self) -> Said:
        """About interpreters."""
        return self.said(self.service, "interpretation_services")

    # -- who gives it, who keeps it ---------------------------------------------------------------

    @cached_property
    def organizations(self) -> list[Organization]:
        """Who gives it, and what that is part of."""
        chain = [self.service.organization]
        while len(chain) < _LEVELS and chain[-1].parent_organization_id:
            chain.append(cast("Organization", chain[-1].parent_organization))
        return chain

    @cached_property
    def is_example(self) -> bool:
        """Whether it is invented."""
        return self.service.organization.is_example

    @cached_property
    def assured(self) -> str:
        """When somebody last said that it is right."""
        day = self.service.assured_date
        if day is None:
            return gettext("Nobody has confirmed this yet. Call to hear if it is still right.")
        if self.is_stale:
            said = gettext("Not confirmed since %(date)s. Call to hear if it is still right.")
        else:
            said = gettext("Confirmed on %(date)s.")
        return said % {"date": written(day)}

    @cached_property
    def is_stale(self) -> bool:
        """Whether somebody should have confirmed it by now and nobody has."""
        day, due = self.service.assured_date, self.service.confirm_due_on
        return day is None or is_overdue(day.isoformat(), str(due or ""), self.today)

    @cached_property
    def source(self) -> str:
        """Where a national fact was read."""
        return safe_url(self.service.source_url)

    @cached_property
    def source_name(self) -> str:
        """What a reader knows the source by."""
        return shown_url(self.source)

    @cached_property
    def source_checked(self) -> str:
        """When it was read there."""
        day = self.service.source_checked_on
        return written(day) if day else ""

    # -- what it is about -------------------------------------------------------------------------

    @cached_property
    def needs(self) -> list[Label]:
        """What it helps with."""
        return list(self._labels(Taxonomies.NEEDS, "behov"))

    @cached_property
    def groups(self) -> list[Label]:
        """Whom and what situation it is meant for."""
        return list(self._labels(Taxonomies.TARGET_GROUPS, "situasjon"))

    def _labels(self, taxonomy: Taxonomies, parameter: str) -> Iterator[Label]:
        known = terms(taxonomy, self.frame.language)
        for code in dict.fromkeys(self.details.terms[taxonomy]):
            if code in known:
                url = f"{self.frame.url}sok/?{parameter}={code}"
                yield Label(code, known[code].label, url)
