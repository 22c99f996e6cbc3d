"""What differs between two documents, field by field, in words a person can read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.directory.editing.document import (
    EMPTY_PARTS,
    LABELS,
    LANGUAGES,
    LISTS,
    PARTS,
    TEXTS,
    Document,
    empty,
)
from samtun.directory.editing.values import day_in
from samtun.directory.enums import ServiceStatus, Taxonomies
from samtun.directory.queries.terms import terms
from samtun.directory.recurrence import WEEKDAYS
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization
from samtun.organisations.queries import municipality_names
from samtun.people.models import User

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
LONGEST_COMPARED = 4000  # words; beyond it the whole text is marked


class Words(NamedTuple):
    """A stretch of a text, and whether it is only in this one of the two."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one part, that differs. An empty `old`: it was added; an empty `new`: gone."""

    field: str  # "texts.nb.name", "phones:<id>", "covers"
    label: str
    old: str
    new: str

    @property
    def kind(self) -> str:
        """added | removed | changed"""
        return "changed" if self.old and self.new else "added" if self.new else "removed"

    @property
    def old_words(self) -> list[Words]:
        """`old` with what is no longer in `new` marked."""
        return marked(self.old, self.new)

    @property
    def new_words(self) -> list[Words]:
        """`new` with what was not in `old` marked."""
        return marked(self.new, self.old)


def marked(text: str, other: str) -> list[Words]:
    """`text` in stretches, those that `other` lacks marked; word by word."""
    mine, theirs = _WORDS.findall(text), _WORDS.findall(other)
    if not mine or len(mine) > LONGEST_COMPARED or len(theirs) > LONGEST_COMPARED:
        return [Words(text, text != other)] if text else []
    # In the same order whichever side is asked, so that both sides mark the same.
    is_first = (text, other) <= (other, text)
    matcher = SequenceMatcher(
        None, *((mine, theirs) if is_first else (theirs, mine)), autojunk=False
    )
    found = []
    for code, i1, i2, j1, j2 in matcher.get_opcodes():
        start, end = (i1, i2) if is_first else (j1, j2)
        if stretch := "".join(mine[start:end]):
            found.append(Words(stretch, code != "equal"))
    return found


def differences(old: Document, new: Document) -> list[Difference]:
    """What differs, in the order of the form, in words of the active language.

    At most two queries, for names of organisations and keepers that differ. Lists are compared by
    what is in them; parts by the row they are.
    """
    before, after = _filled(old), _filled(new)
    return [*_texts(before, after), *_fields(before, after)]


def _filled(document: Document) -> dict[str, Any]:
    """A version may be older than a field."""
    return {**empty(), **document}


def _texts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for code in LANGUAGES:
        for name in TEXTS:
            before = old["texts"].get(code, {}).get(name, "")
            after = new["texts"].get(code, {}).get(name, "")
            if before != after:
                label = f"{LABELS[name]} ({Language(code).label})"
                yield Difference(f"texts.{code}.{name}", label, before, after)


def _fields(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for name in Document.__annotations__:
        if name == "texts":
            continue
        if name in PARTS:
            yield from _parts(name, old, new)
        elif old[name] != new[name]:
            yield Difference(name, str(LABELS[name]), *_values(name, old[name], new[name]))


def _values(name: str, old: Any, new: Any) -> tuple[str, str]:  # noqa: ANN401  (any field)
    """Both values in words; of lists only what is on one side."""
    if name in LISTS:
        gone = [item for item in old if item not in new]
        come = [item for item in new if item not in old]
        return _listed(name, gone), _listed(name, come)
    return value_in_words(name, old), value_in_words(name, new)


def _listed(name: str, items: list[str]) -> str:
    if name == "covers":
        names = municipality_names()
        return ", ".join(names.get(item, item) for item in items)
    if name in ("needs", "target_groups"):
        taxonomy = Taxonomies.NEEDS if name == "needs" else Taxonomies.TARGET_GROUPS
        known = terms(taxonomy, get_language() or "nb")
        return ", ".join(known[item].label if item in known else item for item in items)
    return ", ".join(items)


def value_in_words(name: str, value: Any) -> str:  # noqa: ANN401  (any field)
    """A single value of the field `name` as a person reads it."""
    if name in LISTS:
        return _listed(name, value)
    if name == "is_free" and value is None:
        return _("It varies")
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "status" and value in ServiceStatus.values:
        return str(ServiceStatus(value).label)
    if name == "language" and value in Language.values:
        return str(Language(value).label)
    if name in ("organization", "keeper"):
        return _named(name, value)
    if name in ("publish_on", "end_on"):
        return _date(value)
    return str(value)


def _named(name: str, key: str) -> str:
    if name == "organization":
        found = Organization.objects.filter(pk=key).first()
        return found.name if found else _("An organisation that is gone")
    person = User.objects.filter(pk=key).first()
    return str(person) if person else _("Somebody who has left")


def _date(value: str) -> str:
    day = day_in(value)
    return date_format(day, "j. F Y") if day else value


def _parts(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    before = {_key(name, part, n): part for n, part in enumerate(old[name])}
    after = {_key(name, part, n): part for n, part in enumerate(new[name])}
    for key in dict.fromkeys([*before, *after]):
        was = part_in_words(name, before[key], old) if key in before else ""
        is_now = part_in_words(name, after[key], new) if key in after else ""
        if was != is_now:
            yield Difference(f"{name}:{key}", str(LABELS[name]), was, is_now)


def _key(name: str, part: dict[str, Any], number: int) -> str:
    """A part by its row; one that has none yet by what it says."""
    return str(part.get("id") or f"new-{number}")


def part_in_words(name: str, part: dict[str, Any], document: dict[str, Any]) -> str:
    """One part on lines of its own, all that a person can change in it."""
    part = {**EMPTY_PARTS[name], **part}
    if name == "hours":
        return hours_in_words(part, document)
    if name == "places":
        return _place_in_words(part)
    if name == "costs":
        amount = f"{part['amount']} kr" if part["amount"] is not None else ""
        said = [part["option"], amount, part["description"]]
    else:
        said = [value for field, value in part.items() if field != "id"]
    return "\n".join(filter(None, said))


def _place_in_words(part: dict[str, Any]) -> str:
    town = f"{part['postal_code']} {part['city']}".strip()
    secret = _("Secret address") if part["is_confidential"] else ""
    said = (part["name"], part["address_1"], town, part["transportation"], part["accessibility"])
    return "\n".join(filter(None, (*said, secret)))


def hours_in_words(part: dict[str, Any], document: dict[str, Any]) -> str:
    """When it is open, e.g. "Monday, Tuesday 10:00–14:00"."""
    opens, closes = part["opens_at"] or "", part["closes_at"] or ""
    times = f"{opens}–{closes}" if closes else opens
    first, last = part["valid_from"], part["valid_to"]
    said = [
        part["words"] or f"{_how_often(part)} {times}".strip(),
        _("from %(day)s") % {"day": _date(first)} if first else "",
        _("until %(day)s") % {"day": _date(last)} if last else "",
        "" if part["words"] else part["description"],
        _place_name(part["place"], document),
    ]
    return "\n".join(filter(None, said))


def _place_name(place: object, document: dict[str, Any]) -> str:
    places = document["places"]
    if not isinstance(place, int) or not 0 <= place < len(places):
        return ""
    return str(places[place]["name"] or places[place]["address_1"])


def _how_often(part: dict[str, Any]) -> str:
    names = {code: _day_name(number) for number, code in enumerate(WEEKDAYS, start=1)}
    days = ", ".join(names[day] for day in part["days"] if day in names)
    if part["every"] == "second_week":
        return _("every second week: %(days)s") % {"days": days}
    if part["every"] == "month":
        if part["week"] == -1:
            return _("the last %(days)s of the month") % {"days": days}
        return _("week %(week)s of the month: %(days)s") % {"week": part["week"], "days": days}
    return days


def _day_name(number: int) -> str:
    day = day_in(f"2024-01-0{number}")  # a Monday is the first
    return date_format(day, "l") if day else ""
