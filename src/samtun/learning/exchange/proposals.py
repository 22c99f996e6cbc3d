"""What each line of a list of employees would do; shown before anything is done."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What happens with a line."""

    NEW = "new", _("New")
    BACK = "back", _("Comes back")
    MOVED = "moved", _("Moves")
    CHANGED = "changed", _("Changes")
    LEAVES = "leaves", _("Leaves")
    UNKNOWN_UNIT = "unknown_unit", _("Unknown unit")
    CONFLICT = "conflict", _("Somebody else has it")
    INVALID = "invalid", _("Cannot be read")
    DUPLICATE = "duplicate", _("Twice in the file")
    LEFT = "left", _("Has left already")
    UNCHANGED = "unchanged", _("Unchanged")


ACTING = (Kind.NEW, Kind.BACK, Kind.MOVED, Kind.CHANGED, Kind.LEAVES)
STUCK = (Kind.UNKNOWN_UNIT, Kind.CONFLICT, Kind.INVALID, Kind.DUPLICATE)


@dataclass(slots=True)
class Change:
    """A field before and after, as people read it."""

    label: str
    old: str
    new: str


@dataclass(slots=True)
class Proposal:
    """What a line does, with reasons; `number` 0: somebody who is not on the list.

    `values` is what would be written, ready for JSON; `employment` whom it is about.
    """

    number: int
    kind: str
    name: str
    employment: str = ""
    reasons: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    suggestions: list[list[str]] = field(default_factory=list)  # units: identifier and name

    @property
    def digest(self) -> str:
        """The same as long as the line does the same."""
        done = [self.number, self.kind, self.employment, self.values]
        changes = [(one.label, one.old, one.new) for one in self.changes]
        text = json.dumps([done, changes], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def said(self) -> str:
        """The kind in words."""
        return str(Kind(self.kind).label)

    @property
    def acts(self) -> bool:
        """Whether something would be written."""
        return self.kind in ACTING

    def day(self, name: str) -> date | None:
        """A day of `values`."""
        written = self.values.get(name)
        return date.fromisoformat(written) if written else None

    def as_json(self) -> dict[str, Any]:
        """All of it, to be kept."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """What was kept."""
        changes = [Change(**one) for one in kept.get("changes", [])]
        return cls(**{**kept, "changes": changes})


@dataclass(frozen=True, slots=True)
class Sums:
    """How many of each, and how many work there before and after."""

    kinds: dict[str, int]
    before: int
    after: int

    @property
    def acting(self) -> int:
        """How many lines would be written."""
        return sum(self.kinds.get(kind, 0) for kind in ACTING)

    @property
    def stuck(self) -> int:
        """How many lines wait for somebody to mend them."""
        return sum(self.kinds.get(kind, 0) for kind in STUCK)

    @property
    def leaving(self) -> int:
        """How many would leave."""
        return self.kinds.get(Kind.LEAVES, 0)

    @property
    def needs_yes(self) -> bool:
        """Whether leaving must be said twice: more than a fifth would, or rows are unreadable."""
        is_many = self.leaving * 5 > self.before
        return bool(self.leaving) and (is_many or bool(self.kinds.get(Kind.INVALID)))


def sums(proposals: Iterable[Proposal], before: int) -> Sums:
    """Count the proposals; `before` have a job there now."""
    kinds = Counter(str(one.kind) for one in proposals)
    after = before + kinds[Kind.NEW] + kinds[Kind.BACK] - kinds[Kind.LEAVES]
    return Sums(dict(kinds), before, after)
