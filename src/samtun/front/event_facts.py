"""One event as its page says it, in the language that is active."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext

from samtun.directory.enums import Taxonomies
from samtun.directory.queries.terms import terms
from samtun.documents.blocks import safe_url
from samtun.events.enums import EventKind, EventStatus, SignUp
from samtun.events.queries.calendar import Dated
from samtun.events.queries.event_page import EventDetails
from samtun.events.recurrence import OSLO
from samtun.front import event_rows, event_words
from samtun.front.event_words import State
from samtun.front.frame import Frame
from samtun.front.hours import Hours, clock
from samtun.front.offer import MAP, SENSITIVE_GROUPS, SENSITIVE_NEEDS, Label, Said, Whereabouts
from samtun.front.phrases import address_line
from samtun.front.rhythm import rhythm
from samtun.front.words import words
from samtun.organisations.models import Organization
from samtun.organisations.queries import municipality_names
from samtun.organisations.texts import Text, in_language

_COMES_FIRST = 6  # dates of a series shown at once
_ALWAYS_SAID = frozenset({"cancelled", "over"})  # also of a single session
_TAKES_SIGN_UP = frozenset({"room", "few", "waiting_list"})


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date with what one can do about it. `action` is empty when there is nothing to do."""

    row: Dated
    leaf: str  # safe HTML
    when: str
    theme: Said
    notice: Said
    place: str  # only where it is elsewhere than the event
    state: str
    is_open: bool
    is_off: bool
    is_moved: bool
    is_chosen: bool
    url: str
    action: str
    sign_up_url: str
    ics_url: str


class Happening:
    """Reads `details` for one visitor; every property is ready to be shown."""

    def __init__(self, details: EventDetails, frame: Frame, now: datetime) -> None:
        self.details = details
        self.event = details.event
        self.frame = frame
        self.now = now

    # -- what it is -------------------------------------------------------------------------------

    def said(self, field: str) -> Said:
        """The text of a field of the event for this reader."""
        return self._marked(self.event.text(field, self.frame.language))

    def _marked(self, text: Text) -> Said:
        return Said(text.value, "" if text.language == self.frame.language else text.language)

    @cached_property
    def texts(self) -> dict[str, Said]:
        """The event's own words: name, summary, description, for_whom, programme and so on."""
        fields = "name summary description for_whom programme led_by getting_there price children"
        told = {field: self.said(field) for field in fields.split()}
        if self.details.has_secret_place:
            told["getting_there"] = Said("")
        return told

    @cached_property
    def language_mark(self) -> str:
        """The language of the text when it is not the reader's."""
        return self.texts["description"].lang or self.texts["name"].lang

    @cached_property
    def is_sensitive(self) -> bool:
        """Whether the reader may need to hide having been here."""
        codes = self.details.terms
        return (
            self.event.is_for_children
            or not SENSITIVE_NEEDS.isdisjoint(codes[Taxonomies.NEEDS])
            or not SENSITIVE_GROUPS.isdisjoint(codes[Taxonomies.TARGET_GROUPS])
        )

    @cached_property
    def kind(self) -> str:
        """`Meeting place`, `Coping course`."""
        return str(self.event.get_occasion_display())

    @cached_property
    def url(self) -> str:
        """The page of the event, from `/`."""
        return event_rows.event_url(self.frame, self.event.slug)

    @cached_property
    def own_url(self) -> str:
        """This page: of the date, where a date has its own."""
        chosen = self.details.chosen
        return event_rows.date_url(self.frame, chosen) if chosen else self.url

    # -- when -------------------------------------------------------------------------------------

    @cached_property
    def today(self) -> date:
        """The day in Norway."""
        return self.now.astimezone(OSLO).date()

    @cached_property
    def focus(self) -> DateLine | None:
        """The date that the page is about."""
        row = self.details.focus
        return self._line(row) if row else None

    @cached_property
    def lines(self) -> list[DateLine]:
        """All dates to come; none for a single one, which stands at the top."""
        rows = self.details.dates
        if len(rows) < 2 and not (rows and self.details.chosen not in (None, rows[0])):
            return []
        return [self._line(row) for row in rows]

    @cached_property
    def first_lines(self) -> list[DateLine]:
        """Those shown at once."""
        return self.lines if self.is_course else self.lines[:_COMES_FIRST]

    @cached_property
    def more_lines(self) -> list[DateLine]:
        """The rest."""
        return self.lines[len(self.first_lines) :]

    @cached_property
    def is_course(self) -> bool:
        """One sign-up for all dates."""
        return self.event.kind == EventKind.COURSE

    @cached_property
    def is_series(self) -> bool:
        """Each date by itself."""
        return self.event.kind == EventKind.SERIES

    @cached_property
    def state(self) -> State:
        """Whether one can come to the date in focus."""
        row = self.details.focus
        return self.state_of(row) if row else "over"

    @cached_property
    def rule(self) -> str:
        """How often it is."""
        return rhythm(self.event, self.frame.language)

    @cached_property
    def state_said(self) -> str:
        """The same in words."""
        return event_words.event_words(self.frame.language).states[self.state]

    @cached_property
    def is_open(self) -> bool:
        """Whether there is room."""
        return self.state in event_words.OPEN_STATES

    @cached_property
    def moved_from(self) -> str:
        """When the date in focus should have been."""
        row = self.details.focus
        if row is None or not row.is_moved or row.rule_starts_at is None:
            return ""
        return self._point(row.rule_starts_at)

    @cached_property
    def is_event_cancelled(self) -> bool:
        """All of it."""
        return self.event.status == EventStatus.CANCELLED

    @cached_property
    def is_over(self) -> bool:
        """Nothing of it comes any more."""
        return all(row.ends_at <= self.now for row in self.details.dates)

    def state_of(self, row: Dated) -> State:
        """Whether one can come to a date."""
        return event_words.state_of(row, self.now)

    def _line(self, row: Dated) -> DateLine:
        state, said = self.state_of(row), event_words.event_words(self.frame.language)
        action = "" if self.is_course and row is not self.details.focus else self._action(state)
        ics = f"{self.url}{row.id}/kalender.ics"
        return DateLine(
            row=row,
            leaf=event_rows.leaf_of(row, self.frame.language),
            when=event_words.moment(row.starts_at, row.ends_at, self.today, self.frame.language),
            theme=self._of_date(row, "theme", row.theme),
            notice=self._of_date(row, "notice", row.notice),
            place=row.place if row.own_location else "",
            state="" if self.is_course and state not in _ALWAYS_SAID else said.states[state],
            is_open=state in event_words.OPEN_STATES,
            is_off=row.is_cancelled,
            is_moved=row.is_moved and not row.is_cancelled,
            is_chosen=row == self.details.chosen,
            url=event_rows.date_url(self.frame, row),
            action=action,
            sign_up_url=f"{self.url}pamelding/{row.intake}/" if action else "",
            ics_url="" if state in {"cancelled", "over"} else ics,
        )

    def _of_date(self, row: Dated, field: str, own: str) -> Said:
        texts = {code: each.get(field, "") for code, each in row.translations.items()}
        told = in_language(texts | {row.language: own}, self.frame.language, original=row.language)
        return self._marked(told)

    def _action(self, state: State) -> str:
        """What the button says."""
        if state == "waiting_list":
            return gettext("Join the waiting list")
        if self.event.sign_up == SignUp.ANONYMOUS and state in {"come", "room", "few"}:
            return gettext("Say that you come")
        return gettext("Sign up") if state in _TAKES_SIGN_UP else ""

    # -- who it is for, how to come ---------------------------------------------------------------

    @cached_property
    def ages(self) -> str:
        """`From 13 to 17 years`."""
        event = self.event
        return event_words.ages(event.minimum_age, event.maximum_age, self.frame.language)

    @cached_property
    def covers(self) -> str:
        """Whom it is for, by where they live."""
        numbers, scope = self.details.municipalities, self.frame.scope
        said = words(self.frame.language)
        if 1 < len(scope.numbers) <= len(numbers) and scope.numbers.issubset(numbers):
            return said.whole_region % {"region": self.frame.name.value}
        names = municipality_names()
        return said.for_places % {"names": said.listed([names[one] for one in numbers])}

    @cached_property
    def coming(self) -> list[str]:
        """Whether one must sign up, and until when."""
        return list(self._coming())

    def _coming(self) -> Iterator[str]:
        if self.event.sign_up == SignUp.NONE:
            yield gettext("You need not sign up.")
            return
        if self.event.sign_up == SignUp.ANONYMOUS:
            yield gettext("You need not sign up. You may say that you come, without giving a name.")
        elif self.is_course:
            yield gettext("You sign up once, for the whole course.")
        else:
            yield gettext("You must sign up. A first name is enough.")
        row = self.details.focus
        if row is None or self.state in {"over", "cancelled", "closed"}:
            return
        if row.closes_at and row.closes_at != row.starts_at:
            yield gettext("Sign up by %(when)s.") % {"when": self._point(row.closes_at)}
        if self.state == "waiting_list":
            yield gettext("It is full. On the waiting list you are offered a place if one is free.")

    def _point(self, moment: datetime) -> str:
        local = moment.astimezone(OSLO)
        day = event_words.full_day(local.date(), self.today, self.frame.language)
        words_ = {"day": day[:1].lower() + day[1:], "time": clock(local.time())}
        return gettext("%(day)s at %(time)s") % words_

    @cached_property
    def children(self) -> Said:
        """Whether a child may come along."""
        if self.texts["children"] or self.event.is_for_children:
            return self.texts["children"]
        if self.event.children_welcome is None:
            return Said("")
        if self.event.children_welcome:
            return Said(gettext("Children may come along."))
        return Said(gettext("This is for adults only."))

    # -- where ------------------------------------------------------------------------------------

    @cached_property
    def room(self) -> str:
        """Which room; nothing of a confidential place."""
        row = self.details.focus
        if self.details.has_secret_place:
            return ""
        if row is None or not row.own_location:
            return (row.room if row else "") or self.event.room
        return row.room

    @cached_property
    def place(self) -> Whereabouts | None:
        """Where it is and how to get there."""
        location = self.details.location
        if location is None:
            return None
        point = (location.latitude, location.longitude)
        texts = {
            field: self._marked(location.text(field, self.frame.language))
            for field in ("name", "transportation", "description")
        }
        access = (
            one.text("description", self.frame.language) for one in self.details.accessibility
        )
        return Whereabouts(
            name=texts["name"],
            address=address_line(self.details.addresses),
            directions=texts["transportation"],
            about=texts["description"],
            accessibility=tuple(filter(None, map(self._marked, access))),
            phones=(),
            map_url=MAP.format(*point) if None not in point else "",
            url=safe_url(location.url),
            hours=Hours("", False, []),  # noqa: FBT003
        )

    # -- who gives it -----------------------------------------------------------------------------

    @cached_property
    def organizations(self) -> list[Organization]:
        """Who gives it, and what that is part of."""
        chain = [self.event.organization]
        while len(chain) < 3 and chain[-1].parent_organization:
            chain.append(chain[-1].parent_organization)
        return chain

    @cached_property
    def is_example(self) -> bool:
        """Whether it is invented."""
        return self.event.is_example or self.event.organization.is_example

    @cached_property
    def service(self) -> tuple[Said, str] | None:
        """The offer that it is a part of."""
        if self.details.service is None:
            return None
        name = self._marked(self.details.service.text("name", self.frame.language))
        return name, self.frame.service_url(self.details.service.slug)

    # -- what it is about -------------------------------------------------------------------------

    @cached_property
    def labels(self) -> list[Label]:
        """What and whom it is about, each a way to more of it in the calendar."""
        return [*self._labels(Taxonomies.NEEDS, "behov"), *self._groups]

    @cached_property
    def _groups(self) -> Sequence[Label]:
        return list(self._labels(Taxonomies.TARGET_GROUPS, "situasjon"))

    def _labels(self, taxonomy: Taxonomies, parameter: str) -> Iterator[Label]:
        known = terms(taxonomy, self.frame.language)
        for code in dict.fromkeys(self.details.terms[taxonomy]):
            if code in known:
                url = f"{self.frame.url}kalender/?{parameter}={quote(code)}"
                yield Label(code, known[code].label, url)

    # -- to take away -----------------------------------------------------------------------------

    @cached_property
    def links(self) -> dict[str, Any]:
        """Other shapes of it."""
        return {"feed": f"{self.url}kalender.ics", "poster": f"{self.url}plakat/"}
