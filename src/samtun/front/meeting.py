"""An event and its dates in words, for somebody who signs up or has signed up.

Works in the language that is active. Nobody but who has seats gets the address of a digital
meeting: `join` is given by whoever knows that (`events.queries.party_page.may_join`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from samtun.events.enums import OccurrenceStatus
from samtun.events.ical.words import place_and_room
from samtun.events.models import Event, Intake, Occurrence
from samtun.events.queries.party_page import STAYS_FOR, dates_of
from samtun.front.frame import Frame
from samtun.front.hours import clock, written
from samtun.front.offer import Said
from samtun.front.phrases import address_line
from samtun.organisations.models import Translatable
from samtun.organisations.queries import region_scopes

Joins = Callable[[Occurrence], bool]


def nobody_joins(_date: Occurrence) -> bool:
    """Nobody is shown how to join."""
    return False


@dataclass(frozen=True, slots=True)
class Meeting:
    """One date."""

    when: str
    theme: Said
    notice: Said
    is_cancelled: bool
    place: Said
    address: str
    directions: Said
    room: str
    join_url: str
    is_secret: bool = False  # where it is

    @property
    def where(self) -> tuple[str, str, str]:
        """What tells whether two dates are at the same place."""
        return (self.place.text, self.address, self.room)


class Meetings:
    """What `intake` is about; its event is loaded. Two queries."""

    def __init__(self, intake: Intake, language: str, joins: Joins = nobody_joins) -> None:
        self.intake, self.event, self.language = intake, intake.event, language
        self._joins = joins

    def said(self, thing: Translatable, field: str) -> Said:
        """The text of a field for this reader."""
        text = thing.text(field, self.language)
        return Said(text.value, "" if text.language == self.language else text.language)

    @cached_property
    def name(self) -> Said:
        """What it is called."""
        return self.said(self.event, "name")

    @cached_property
    def organizer(self) -> Said:
        """Who arranges it."""
        return self.said(self.event.organization, "name")

    @cached_property
    def dates(self) -> list[Meeting]:
        """Its dates, the first one first."""
        return [self._meeting(one) for one in dates_of(self.intake)]

    @cached_property
    def next_when(self) -> str:
        """The first date that holds."""
        held = (one.when for one in self.dates if not one.is_cancelled)
        return next(held, "")

    @cached_property
    def place(self) -> Meeting | None:
        """Where all dates are; None when they differ, or nothing is known."""
        held = [one for one in self.dates if not one.is_cancelled] or self.dates
        if not held or len({one.where for one in held}) > 1 or not any(held[0].where):
            return None
        return held[0]

    @cached_property
    def getting_there(self) -> Said:
        """How to get there, as the organiser says it, else as is known of the place."""
        if any(one.is_secret for one in self.dates):
            return Said("")
        said = self.said(self.event, "getting_there")
        return said if said or self.place is None else self.place.directions

    @cached_property
    def is_cancelled(self) -> bool:
        """No date holds any more."""
        return all(one.is_cancelled for one in self.dates)

    @cached_property
    def joins(self) -> list[Meeting]:
        """The dates whose digital meeting can be joined now."""
        return [one for one in self.dates if one.join_url]

    @cached_property
    def forgotten_on(self) -> date | None:
        """When what is stored about those who come is deleted."""
        if self.intake.ends_at is None:
            return None
        day = timezone.localdate(self.intake.ends_at) + STAYS_FOR
        return max(day, self.event.keep_until) if self.event.keep_until else day

    @property
    def forgotten(self) -> str:
        """The same in words; empty when there is no date to count from."""
        return written(self.forgotten_on) if self.forgotten_on else ""

    def _meeting(self, one: Occurrence) -> Meeting:
        location, room = place_and_room(self.event, one)
        is_secret = location is not None and location.is_confidential
        if is_secret:
            location, room = None, ""  # exist for their keepers only
        return Meeting(
            when=span(one.starts_at, one.ends_at),
            theme=self.said(one, "theme"),
            notice=self.said(one, "notice"),
            is_cancelled=one.status == OccurrenceStatus.CANCELLED,
            place=self.said(location, "name") if location else Said(""),
            address=address_line(location.addresses.all()) if location else "",
            directions=self.said(location, "transportation") if location else Said(""),
            room=room,
            join_url=(one.join_url or self.event.join_url) if self._joins(one) else "",
            is_secret=is_secret,
        )


def span(starts_at: datetime, ends_at: datetime) -> str:
    """`Onsdag 25. november 2026 kl. 18–20`."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    day = capfirst(written(begins.date(), with_weekday=True))
    if begins.date() == ends.date() or ends - begins < timedelta(hours=6):
        words = gettext("%(day)s at %(from)s–%(to)s")
        return words % {"day": day, "from": clock(begins.time()), "to": clock(ends.time())}
    words = gettext("%(day)s at %(from)s to %(last)s at %(to)s")
    last = written(ends.date(), with_weekday=True)
    return words % {
        "day": day, "from": clock(begins.time()), "last": last, "to": clock(ends.time()),
    }  # fmt: skip


def moment(at: datetime) -> str:
    """`onsdag 25. november kl. 18`."""
    local = timezone.localtime(at)
    day = written(local.date(), with_weekday=True, with_year=False)
    return gettext("%(day)s at %(time)s") % {"day": day, "time": clock(local.time())}


def frame_for(event: Event, language: str) -> Frame | None:
    """The region whose calendar shows `event`, for a page that is in none."""
    numbers = set(event.municipalities.values_list("pk", flat=True))
    found = (scope for scope in region_scopes() if scope.numbers & numbers)
    scope = next(found, None)
    return Frame(scope, language) if scope else None
