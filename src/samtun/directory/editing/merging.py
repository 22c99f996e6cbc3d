"""Two people wrote at once: what each changed, brought together, and what only they can settle."""

from dataclasses import dataclass, field
from typing import Any, cast

from samtun.directory.editing.differences import part_in_words, value_in_words
from samtun.directory.editing.document import (
    LABELS,
    LANGUAGES,
    LISTS,
    PARTS,
    TEXTS,
    Document,
    empty,
)
from samtun.organisations.enums import Language

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both changed, differently; all three in words."""

    field: str  # as in `Difference`
    label: str
    base: str
    mine: str
    theirs: str


@dataclass(slots=True)
class Merge:
    """The document with the changes of both; in a conflict it has mine, and theirs is told."""

    document: Document
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    """What both made of `base`, together.

    A field that one changed is as that one left it. Of lists, what either added is in and what
    either took out is not. A part that one changed and the other removed is a conflict, in which
    the changed one stays.
    """
    old, my, their = (_filled(one) for one in (base, mine, theirs))
    made: Values = {}
    conflicts: list[Conflict] = []
    for name in Document.__annotations__:
        if name == "texts":
            made[name] = _texts(old, my, their, conflicts)
        elif name in LISTS:
            made[name] = _lists(old[name], my[name], their[name])
        elif name not in PARTS:
            sides = (old[name], my[name], their[name])
            words = [value_in_words(name, side) for side in sides] if _clash(*sides) else []
            made[name] = _one(name, str(LABELS[name]), sides, words, conflicts)
    merged = _Parts(old, my, their, conflicts)
    made |= {name: merged.of(name) for name in PARTS if name != "hours"}
    made["hours"] = merged.hours(made["places"])
    ordered = {name: made[name] for name in Document.__annotations__}
    return Merge(cast("Document", ordered), conflicts)


def _filled(document: Document) -> Values:
    """A version may be older than a field."""
    return {**empty(), **document}


def _clash(old: object, mine: object, theirs: object) -> bool:
    return mine not in (old, theirs) and theirs != old


def _one(
    name: str, label: str, sides: tuple[Any, Any, Any], words: list[str], conflicts: list[Conflict]
) -> Any:  # noqa: ANN401  (any field)
    old, mine, theirs = sides
    if words:
        conflicts.append(Conflict(name, label, *words))
    return theirs if mine == old else mine


def _texts(old: Values, mine: Values, theirs: Values, conflicts: list[Conflict]) -> Values:
    made: Values = {}
    for code in LANGUAGES:
        made[code] = {}
        for name in TEXTS:
            sides = cast(
                "tuple[str, str, str]",
                tuple(one["texts"].get(code, {}).get(name, "") for one in (old, mine, theirs)),
            )
            label = f"{LABELS[name]} ({Language(code).label})"
            words = list(sides) if _clash(*sides) else []
            made[code][name] = _one(f"texts.{code}.{name}", label, sides, words, conflicts)
    return made


def _lists(old: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    gone = {item for item in old if item not in mine or item not in theirs}
    return [item for item in dict.fromkeys([*mine, *theirs]) if item not in gone]


class _Parts:
    """Merges lists of parts; hours name their place by its tie while they are compared."""

    def __init__(
        self, old: Values, mine: Values, theirs: Values, conflicts: list[Conflict]
    ) -> None:
        self.sides = (old, mine, theirs)
        self.conflicts = conflicts
        self.homes: dict[int, Values] = {}

    def of(self, name: str) -> list[Values]:
        """The parts of the field `name`, mine first."""
        old, mine, theirs = ([dict(part) for part in side[name]] for side in self.sides)
        return self._merged(name, old, mine, theirs)

    def hours(self, places: list[Values]) -> list[Values]:
        """The hours, each at its place among the merged `places`."""
        named = [[_with_home(part, side) for part in side["hours"]] for side in self.sides]
        merged = self._merged("hours", *named)
        position = {_home_key(place): number for number, place in enumerate(places)}
        for part in merged:
            part["place"] = position.get(part.pop("home"))
        return merged

    def _merged(
        self, name: str, old: list[Values], mine: list[Values], theirs: list[Values]
    ) -> list[Values]:
        was, my, their = ({p["id"]: p for p in side if p["id"]} for side in (old, mine, theirs))
        made = []
        for key in dict.fromkeys([*my, *their]):
            sides = (was.get(key), my.get(key), their.get(key))
            if kept := self._one(name, str(key), sides):
                made.append(kept)
        new = [part for part in mine if not part["id"]]
        new += [part for part in theirs if not part["id"] and part not in new]
        return made + new

    def _one(
        self, name: str, key: str, sides: tuple[Values | None, Values | None, Values | None]
    ) -> Values | None:
        old, mine, theirs = sides
        if _clash(old, mine, theirs):
            words = [
                part_in_words(name, part, whole) if part else ""
                for part, whole in zip(sides, self.sides, strict=True)
            ]
            self.conflicts.append(Conflict(f"{name}:{key}", str(LABELS[name]), *words))
            return mine or theirs
        return theirs if mine == old else mine


def _with_home(part: Values, document: Values) -> Values:
    """`home` instead of a position, which means something only in one document."""
    place, places = part["place"], document["places"]
    is_there = isinstance(place, int) and 0 <= place < len(places)
    return {**part, "place": None, "home": _home_key(places[place]) if is_there else None}


def _home_key(place: Values) -> tuple[object, ...]:
    """What a place is known by: its tie, else what it says."""
    if place["id"]:
        return (place["id"],)
    return (place["location"], place["name"], place["address_1"])
