"""Anything that came as JSON → a document of the right shape, and what is wrong in it.

What the document does not name stays as it was: a form may leave out what it does not show. A
value that stood there before is never a problem, so that an old fault does not stop other work.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.utils.translation import gettext as _

from samtun.directory.editing import values
from samtun.directory.editing.document import (
    EMPTY_PARTS,
    LANGUAGES,
    LENGTHS,
    TEXTS,
    Document,
)
from samtun.directory.editing.values import Problem, Problems
from samtun.directory.enums import ServiceStatus
from samtun.directory.models.service import MAXIMUM_AGE
from samtun.directory.recurrence import WEEKDAYS

_SPOKEN = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.ASCII)
_FLAGS = (
    "covers_country", "meets_in_person", "meets_by_phone", "meets_online", "is_urgent",
    "is_for_children",
)  # fmt: skip
_BOUNDS = {
    "minimum_age": (0, MAXIMUM_AGE),
    "maximum_age": (0, MAXIMUM_AGE),
    "confirm_every_days": (7, 730),
}
LONGEST_CODE = 200


def cleaned(given: object, base: Document) -> tuple[Document, Problems]:
    """A document of the right shape from anything, standing on `base`; never raises."""
    problems = Problems()
    raw = given if isinstance(given, Mapping) else {}
    if not isinstance(given, Mapping):
        problems.add("", _("This cannot be read."), type(given))
    whole: dict[str, Any] = {**base, **{name: raw[name] for name in base if name in raw}}
    made = {name: _value(name, whole[name], base, problems) for name in base}
    _check_order(made, problems)
    return cast("Document", made), problems


def _value(name: str, value: object, base: Document, problems: Problems) -> object:
    if name == "texts":
        return _texts(value, base, problems)
    if name in EMPTY_PARTS:
        return _parts(name, value, base, problems)
    if name in _FLAGS:
        return values.flag(name, value, problems)
    if name == "is_free":
        return None if value is None else values.flag(name, value, problems)
    if name in _BOUNDS:
        return values.number(name, value, _BOUNDS[name], problems)
    if name in ("publish_on", "end_on"):
        return values.day(name, value, problems)
    if name in ("organization", "keeper"):
        return _identifier_or(name, value, problems)
    if name in ("covers", "needs", "target_groups", "keywords", "languages"):
        return _words(name, value, problems)
    return _word(name, value, problems)


def _word(name: str, value: object, problems: Problems) -> str:
    """A single line: an address, or one of a few words."""
    text = values.line(name, value, problems, LENGTHS.get(name, LONGEST_CODE))
    if name == "url":
        return values.web_address(name, text, problems)
    if name in ("email", "assurer_email"):
        return values.mail_address(name, text, problems)
    known = LANGUAGES if name == "language" else tuple(ServiceStatus.values)
    if text not in known:
        problems.add(name, _("Choose one of those that are there."), text)
    return text


def _texts(value: object, base: Document, problems: Problems) -> dict[str, dict[str, str]]:
    given = value if isinstance(value, Mapping) else {}
    if not isinstance(value, Mapping):
        problems.add("texts", _("This cannot be read."), type(value))
    made: dict[str, dict[str, str]] = {}
    for code in LANGUAGES:
        of_language = given.get(code)
        raw = of_language if isinstance(of_language, Mapping) else {}
        known = base["texts"].get(code, {})
        made[code] = {
            name: _text(f"texts.{code}.{name}", name, raw.get(name, known.get(name, "")), problems)
            for name in TEXTS
        }
    return made


def _text(path: str, name: str, value: object, problems: Problems, key: str = "") -> str:
    if name in LENGTHS:
        return values.line(path, value, problems, LENGTHS[name], key=key)
    return values.prose(path, value, problems, key=key)


def _identifier_or(path: str, value: object, problems: Problems) -> str | None:
    """An identifier; nothing for a keeper that is nobody."""
    if path == "keeper" and value in (None, ""):
        return None
    found = values.identifier(value)
    if found is None:
        message = _("Choose who gives it.") if path == "organization" else _("Choose somebody.")
        problems.add(path, message, str(value)[:40])
    return found if path == "keeper" else found or ""


def _words(name: str, value: object, problems: Problems) -> list[str]:
    """Without repeats; in order, except search words, which stay as they were typed."""
    found = [
        word
        for item in values.items(name, value, problems)
        if (word := values.line(name, item, problems, LENGTHS.get(name, LONGEST_CODE)))
    ]
    if name == "keywords":
        return list(dict.fromkeys(found))
    if name == "languages":
        found = [word.lower() for word in found]
        for word in found:
            if not _SPOKEN.fullmatch(word) or len(word) > 10:
                problems.add(name, _("There is no language with this code."), word)
    return sorted(set(found))


def _parts(name: str, value: object, base: Document, problems: Problems) -> list[dict[str, Any]]:
    before = {part["id"]: part for part in cast("Any", base)[name] if part["id"]}
    made, seen = [], set()
    for number, item in enumerate(values.items(name, value, problems)):
        path = f"{name}.{number}"
        if not isinstance(item, Mapping):
            problems.add(path, _("This cannot be read."), type(item))
            continue
        key = values.identifier(item.get("id"))
        key = None if key in seen else key
        seen.add(key)
        raw = {**before.get(key, EMPTY_PARTS[name]), **item, "id": key}
        if name == "hours":
            raw = _with_words(raw, before.get(key))
        made.append(_part(name, path, raw, problems))
    return made


def _with_words(raw: dict[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Only a rule that stands there can be kept in words; else words are its description."""
    if not raw["words"]:
        return raw
    if before is None:
        said = raw["description"] or raw["words"]
        return {**EMPTY_PARTS["hours"], "place": raw["place"], "id": raw["id"], "description": said}
    return {**raw, "words": ""} if not before["words"] else {**before, "place": raw["place"]}


def _part(name: str, path: str, raw: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    key = f"{name}:{raw['id']}" if raw["id"] else path
    read = _Part(path, key, raw, problems)
    part: dict[str, Any] = {"id": raw["id"]} | {
        "phones": read.phone,
        "contacts": read.contact,
        "places": read.place,
        "hours": read.hours,
        "costs": read.cost,
        "documents": read.document,
    }[name]()
    return part


@dataclass(frozen=True, slots=True)
class _Part:
    """Reads one part; `key` names it wherever it stands."""

    path: str
    key: str
    raw: Mapping[str, Any]
    problems: Problems

    def phone(self) -> dict[str, Any]:
        number = self._number("number")
        if not number:
            self._wrong("number", _("Write the number."))
        return {"number": number, "description": self._prose("description")}

    def contact(self) -> dict[str, Any]:
        made = {
            "name": self._line("name", LENGTHS["contacts.name"]),
            "title": self._line("title"),
            "email": values.mail_address(
                f"{self.path}.email", self._line("email"), self.problems, key=f"{self.key}.email"
            ),
            "phone": self._number("phone"),
        }
        if not any(made.values()):
            self._wrong("name", _("Write who it is, or what they do."))
        return made

    def place(self) -> dict[str, Any]:
        made: dict[str, Any] = {"location": values.identifier(self.raw["location"])}
        made |= {name: self._line(name) for name in ("name", "address_1", "postal_code", "city")}
        made |= {name: self._prose(name) for name in ("transportation", "accessibility")}
        made["is_confidential"] = self.raw["is_confidential"] is not False
        if self.raw.get("for_all") is True:
            made["for_all"] = True
        if not (made["location"] or made["name"] or made["address_1"]):
            self._wrong("name", _("Write what the place is called, or its address."))
        return made

    def hours(self) -> dict[str, Any]:
        days = self.raw["days"]
        named = [day for day in WEEKDAYS if day in days] if isinstance(days, list) else []
        every = self.raw["every"] if self.raw["every"] in ("second_week", "month") else "week"
        week = self.raw["week"] if self.raw["week"] in (1, 2, 3, 4, 5, -1) else None
        place = self.raw["place"]
        made: dict[str, Any] = {
            "place": place if isinstance(place, int) and not isinstance(place, bool) else None,
            "days": named,
            "every": every,
            "week": int(week) if week and every == "month" else None,
            **{name: self._clock(name) for name in ("opens_at", "closes_at")},
            **{name: self._day(name) for name in ("valid_from", "valid_to")},
            "description": self._prose("description"),
            "words": self._prose("words"),
        }
        if not made["words"]:
            self._check_hours(made)
        return made

    def _check_hours(self, made: dict[str, Any]) -> None:
        opens, closes = made["opens_at"], made["closes_at"]
        if opens and not made["days"]:
            self._wrong("days", _("Choose at least one day."), made)
        if closes and not opens:
            self._wrong("opens_at", _("Say when it opens too."), made)
        if not opens and not made["description"]:
            self._wrong("opens_at", _("Say when it opens, or tell it in words."), made)
        if opens and opens == closes and opens != "00:00":
            self._wrong("closes_at", _("It cannot open and close at the same time."), made)
        if made["every"] == "month" and made["week"] is None and made["days"]:
            self._wrong("week", _("Say which week of the month."), made)
        if made["every"] == "second_week" and not made["valid_from"]:
            self._wrong("valid_from", _("Say a first day, so that we know which weeks."), made)
        if made["valid_from"] and made["valid_to"] and made["valid_to"] < made["valid_from"]:
            self._wrong("valid_to", _("The last day must not come before the first."), made)

    def cost(self) -> dict[str, Any]:
        made = {
            "option": self._prose("option"),
            "amount": self._amount(),
            "description": self._prose("description"),
        }
        if not any(made.values()):
            self._wrong("option", _("Write what it costs."))
        return made

    def document(self) -> dict[str, Any]:
        uri = self._line("uri")
        made = {
            "document": self._prose("document"),
            "uri": values.web_address(
                f"{self.path}.uri", uri, self.problems, key=f"{self.key}.uri"
            ),
        }
        if not any(made.values()):
            self._wrong("document", _("Write what to bring or send."))
        return made

    def _wrong(self, name: str, message: str, value: object = "") -> None:
        self.problems.add(f"{self.path}.{name}", message, value, key=f"{self.key}.{name}")

    def _line(self, name: str, longest: int = 0) -> str:
        longest = longest or LENGTHS[name]
        path, key = f"{self.path}.{name}", f"{self.key}.{name}"
        return values.line(path, self.raw[name], self.problems, longest, key=key)

    def _prose(self, name: str) -> str:
        path, key = f"{self.path}.{name}", f"{self.key}.{name}"
        return values.prose(path, self.raw[name], self.problems, key=key)

    def _number(self, name: str) -> str:
        text = self._line(name)
        if text and not any(character.isdigit() for character in text):
            self._wrong(name, _("A phone number has digits."), text)
        return text

    def _clock(self, name: str) -> str | None:
        path, key = f"{self.path}.{name}", f"{self.key}.{name}"
        return values.clock(path, self.raw[name], self.problems, key)

    def _day(self, name: str) -> str | None:
        path, key = f"{self.path}.{name}", f"{self.key}.{name}"
        return values.day(path, self.raw[name], self.problems, key)

    def _amount(self) -> str | None:
        value = self.raw["amount"]
        if value is None or value == "":
            return None
        text = str(value).replace(",", ".").replace(" ", "").replace("\xa0", "")[:40]
        try:
            number = Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite() or not 0 <= number < 10**10:
            self._wrong("amount", _("Write the sum in kroner, with digits only."), text)
            return None
        return str(number)


def _check_order(made: Mapping[str, Any], problems: Problems) -> None:
    """What two fields must say together."""
    youngest, oldest = made["minimum_age"], made["maximum_age"]
    if youngest is not None and oldest is not None and youngest > oldest:
        message = _("The highest age must not be below the lowest.")
        problems.add("maximum_age", message, (youngest, oldest))
    first, last = made["publish_on"], made["end_on"]
    if first and last and last < first:
        message = _("The last day must not come before the first.")
        problems.add("end_on", message, (first, last))
    if not made["texts"].get(made["language"], {}).get("name"):
        language = made["language"] if made["language"] in made["texts"] else "nb"
        problems.add(f"texts.{language}.name", _("Write what the offer is called."), "")
    for number, hours in enumerate(made["hours"]):
        if hours["place"] is not None and not 0 <= hours["place"] < len(made["places"]):
            hours["place"] = None
            problems.add(f"hours.{number}.place", _("Choose one of the places."), number)


def errors_of(problems: Iterable[Problem], excused: Iterable[Problem] = ()) -> dict[str, list[str]]:
    """Messages by path, without what was wrong in the same way before."""
    known = {problem.about for problem in excused}
    errors: dict[str, list[str]] = {}
    for problem in problems:
        if problem.about not in known:
            messages = errors.setdefault(problem.path, [])
            if problem.message not in messages:
                messages.append(problem.message)
    return errors
