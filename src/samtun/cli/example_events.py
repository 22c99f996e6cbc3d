"""The meeting places of the example region: a year of Valdres, never older than today.

Made by the very actions that people use, from `examples/valdres/events.toml` (what there is) and
`event_life.toml` (what has happened there), once. Days are counted from the day it is made.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from samtun.directory.models import Service
from samtun.events import notices
from samtun.events.actions import (
    attendance,
    consent,
    evaluations,
    events,
    leaving,
    messages,
    occurrences,
    parties,
    showing,
)
from samtun.events.actions.values import EventValues
from samtun.events.enums import EventStatus, PartyState, QuestionKind
from samtun.events.keeping import forgetting
from samtun.events.models import Event, Occurrence, Party
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Municipality
from samtun.people.models import User

Entry = dict[str, Any]
_REGION = "valdres"
_OSLO = ZoneInfo("Europe/Oslo")
_COLUMNS = (
    "kind", "occasion", "language", "terms", "municipalities", "room", "join_url", "is_free",
    "children_welcome", "is_for_children", "minimum_age", "maximum_age", "meets_in_person",
    "meets_online", "sign_up", "capacity", "maximum_party", "answer_hours", "closes_hours_before",
    "contact_name", "contact_phone", "contact_email", "minutes", "rrule",
)  # fmt: skip
_LANGUAGES = ("nb", "nn", "en")
# Those who came last year, by turns: what they are called, how many, and from where.
_NAMES = ("Anna", "Bjarne", "Cecilie", "Dagfinn", "Else", "Finn", "Gerd", "Hans", "Ida", "Johan")
_SIZES = (1, 2, 1, 1, 3)
_HOMES = ("3451", "3454", "3451", "3450", "3453", "3449", "3452")


@transaction.atomic
def load() -> None:
    """Make the year. Does nothing when there is one, or when its region's people are not there."""
    if Event.objects.filter(is_example=True).exists():
        return
    entries = _read("events.toml")["event"]
    life = _Life({entry["key"]: (_make(entry), _person(entry)) for entry in entries})
    told = _read("event_life.toml")
    steps: dict[str, Callable[[Entry], None]] = {
        "themes": life.themes,
        "signed_up": life.signed_up,
        "left": life.left,
        "moved": life.moved,
        "cancelled": life.cancelled,
        "message": life.message,
        "past": life.past,
        "came": life.came,
        "thought": life.thought,
    }
    for name, step in steps.items():
        for entry in told.get(name, []):
            step(entry)
    forgetting.tidy(timezone.localdate())


def _read(name: str) -> Entry:
    return tomllib.loads((Path(settings.EXAMPLE_DIR) / name).read_text(encoding="utf-8"))


def _person(entry: Entry) -> User:
    return User.objects.get(email=entry["by"])


# -- what there is ---------------------------------------------------------------------------------


def _make(entry: Entry) -> Event:
    by = _person(entry)
    made = events.save(event=None, values=_values(entry), by=by)
    if entry.get("is_draft"):
        return made
    if made.occurrences.filter(starts_at__gt=timezone.now()).exists():
        return events.publish(event=made, by=by)
    # Published while it was to come, which no action can do now.
    Event.objects.filter(pk=made.pk).update(status=EventStatus.PUBLISHED)
    showing.refresh([made.pk])
    return made


def _values(entry: Entry) -> EventValues:
    language = entry["language"]
    texts = {code: entry[code] for code in _LANGUAGES if code in entry and code != language}
    starts_at = _starts_at(entry)
    values: Entry = {name: entry[name] for name in _COLUMNS if name in entry} | entry[language]
    values |= {
        "translations": texts,
        "organization": _id("organization", entry["organization"]),
        "co_organizers": [_id("organization", key) for key in entry.get("co_organizers", [])],
        "service": _service(entry),
        "place": _place(entry),
        "questions": [dict(question) for question in entry.get("question", [])],
        "starts_at": starts_at,
        "is_example": True,
    }
    if "rrule" not in entry:
        values["dates"] = [(starts_at, starts_at + timedelta(minutes=entry["minutes"]))]
    return cast("EventValues", values)  # read from a file; checked by `save`


def _id(table: str, key: str) -> Any:  # noqa: ANN401  (a UUID)
    return derived_id(table, _REGION, key)


def _service(entry: Entry) -> Any:  # noqa: ANN401  (a UUID, or none)
    found = Service.objects.filter(slug=entry.get("service", "")).first()
    return found.pk if found else None


def _place(entry: Entry) -> Entry | None:
    if "location" in entry:
        return {"location": _id("location", entry["location"])}
    return entry.get("place")


def _starts_at(entry: Entry) -> datetime:
    """So many days from today, moved on to its day of the week; wall time in Norway."""
    day = timezone.localdate() + timedelta(days=entry["day"])
    if "weekday" in entry:
        day += timedelta(days=(entry["weekday"] - day.weekday()) % 7)
    hour, minute = map(int, entry["at"].split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=_OSLO)


# -- what has happened -----------------------------------------------------------------------------


class _Life:
    """The steps of `event_life.toml`, in their order."""

    def __init__(self, made: dict[str, tuple[Event, User]]) -> None:
        self._events = {key: event for key, (event, _by) in made.items()}
        self._organisers = {event.pk: by for event, by in made.values()}
        self._numbers = count(1)
        self._homes = {one.number: one for one in Municipality.objects.filter(pk__in=_HOMES)}

    def themes(self, entry: Entry) -> None:
        """What the coming dates are about."""
        dates = self._coming(entry)[entry["first"] :]
        for when, *said in zip(dates, entry["nb"], entry["nn"], strict=False):
            texts = dict(zip(("nb", "nn"), said, strict=True))
            own = texts.pop(when.language)
            other = {code: {"theme": text} for code, text in texts.items()}
            occurrences.change(occurrence=when, theme=own, translations=other, by=None)

    def signed_up(self, entry: Entry) -> None:
        """People who come, as they signed up; for a date that is over, by the organiser."""
        when = self._date(entry)
        for person in entry["people"]:
            self._one(when, person)

    def _one(self, when: Occurrence, person: Entry) -> None:
        number = next(self._numbers)
        is_over = when.starts_at <= timezone.now()
        by = self._organisers[when.event_id] if is_over else None
        party = parties.sign_up(intake=when.intake, by=by, **_told(person, number, self._homes))
        if person.get("says") == "yes":
            consent.give_consent(party=party)
        elif person.get("says") == "no":
            consent.refuse_consent(party=party)
        if is_over:
            notices.withdraw([party])
        self._date_back(party, number)

    def _date_back(self, party: Party, number: int) -> None:
        at = timezone.now() - timedelta(days=1 + number % 9, hours=number % 7)
        Party.objects.filter(pk=party.pk).update(signed_up_at=at)

    def left(self, entry: Entry) -> None:
        """Somebody who cannot come after all."""
        coming = Party.objects.filter(intake=self._date(entry).intake, name=entry["name"])
        leaving.cancel(party=coming.get())

    def moved(self, entry: Entry) -> None:
        """A date at another time."""
        when, shift = self._date(entry), timedelta(days=entry["days"])
        occurrences.move(
            occurrence=when,
            starts_at=_later(when.starts_at, shift),
            ends_at=_later(when.ends_at, shift),
            by=self._organisers[when.event_id],
            notice=entry[when.language],
        )
        self._in_both(when, entry)

    def cancelled(self, entry: Entry) -> None:
        """A date that does not take place."""
        when = self._date(entry)
        by = self._organisers[when.event_id]
        occurrences.cancel(occurrence=when, notice=entry[when.language], by=by)
        self._in_both(when, entry)

    def _in_both(self, when: Occurrence, entry: Entry) -> None:
        other = {code: {"notice": entry[code]} for code in ("nb", "nn") if code != when.language}
        occurrences.change(occurrence=when, translations=other, by=None)

    def message(self, entry: Entry) -> None:
        """Word from the organiser."""
        messages.write(
            intake=self._date(entry).intake,
            subject=entry["subject"],
            text=entry["text"],
            to_waiting=False,
            by=_person(entry),
        )

    def past(self, entry: Entry) -> None:
        """Those who were there, date by date; most of them came."""
        by = _person(entry)
        dates = self._over(entry)
        for when, parties_there in zip(self._firsts(dates), entry["parties"], strict=False):
            for person in self._invented(parties_there):
                party = parties.sign_up(intake=when.intake, by=by, **person)
                notices.withdraw([party])
                self._there(party, [one for one in dates if one.intake_id == when.intake_id], by)

    def _firsts(self, dates: Iterable[Occurrence]) -> list[Occurrence]:
        """One date of each thing that one signs up for."""
        return list({one.intake_id: one for one in reversed(list(dates))}.values())[::-1]

    def _invented(self, many: int) -> Iterator[Entry]:
        for _each in range(many):
            number = next(self._numbers)
            size = _SIZES[number % len(_SIZES)]
            yield {
                "size": size,
                "name": _NAMES[number % len(_NAMES)],
                "email": f"gjest{number}@example.org",
                "municipality": self._homes[_HOMES[number % len(_HOMES)]],
                "is_first_time": number % 3 == 0,
                "is_guardian": True,
            }

    def _there(self, party: Party, dates: Iterable[Occurrence], by: User) -> None:
        if party.state != PartyState.CONFIRMED:
            return
        for number, when in enumerate(dates):
            stayed_home = (party.turn + number) % 5 == 0
            present = 0 if stayed_home else party.size
            attendance.mark(party=party, occurrence=when, present=present, by=by)

    def came(self, entry: Entry) -> None:
        """Those who just came."""
        by = _person(entry)
        for when, counted in zip(self._over(entry), entry["counts"], strict=False):
            for number, (people, first) in counted.items():
                attendance.count(
                    occurrence=when,
                    municipality=self._homes[number],
                    people=people,
                    first_time=first,
                    by=by,
                )

    def thought(self, entry: Entry) -> None:
        """What those who were there answered."""
        intake = self._date(entry).intake
        for said in entry["answers"]:
            evaluations.answer(
                intake=intake,
                usefulness=said["useful"],
                would_come_again=said["again"],
                text=said.get("text", ""),
            )

    def _dates(self, entry: Entry) -> list[Occurrence]:
        found = Occurrence.objects.filter(event=self._events[entry["event"]])
        return list(found.select_related("intake__event", "event").order_by("starts_at"))

    def _coming(self, entry: Entry) -> list[Occurrence]:
        return [one for one in self._dates(entry) if one.starts_at > timezone.now()]

    def _over(self, entry: Entry) -> list[Occurrence]:
        return [one for one in self._dates(entry) if one.ends_at <= timezone.now()]

    def _date(self, entry: Entry) -> Occurrence:
        number = entry["date"]
        return self._coming(entry)[number] if number >= 0 else self._over(entry)[number]


def _later(moment: datetime, shift: timedelta) -> datetime:
    """The same hour on the wall of another day."""
    wall = moment.astimezone(_OSLO).replace(tzinfo=None) + shift
    return wall.replace(tzinfo=_OSLO)


def _told(person: Entry, number: int, homes: dict[str, Municipality]) -> Entry:
    """What somebody filled in when signing up."""
    name, guardian = person.get("name", ""), person.get("guardian", "")
    by_phone = person.get("reach") == "phone"
    phone = f"10 00 {70 + number // 100} {number % 100:02}"
    email = f"{slugify(name).replace('-', '.')}.{number}@example.org"
    return {
        "size": person.get("size", 1),
        "name": name,
        "email": email if name and not by_phone else "",
        "phone": phone if name and by_phone else "",
        "language": person.get("language", "nb"),
        "answers": {kind.value: person[kind] for kind in QuestionKind if kind in person},
        "municipality": homes.get(person.get("from", "")),
        "is_first_time": person.get("first"),
        "age": person.get("age"),
        "guardian_name": guardian,
        "guardian_email": f"voksen.{number}@example.org" if guardian and not by_phone else "",
        "guardian_phone": phone if guardian and by_phone else "",
        "is_guardian": person.get("by_guardian", False),
    }
