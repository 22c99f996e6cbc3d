"""What obligations are worked out from: plain values, so that the working out asks no database."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from samtun.learning.enums import ObligationState

ANY_EDITION = 32_767  # of evidence whose course is no longer the item's: it is never outdated


@dataclass(frozen=True, slots=True)
class Who:
    """A rule: for whom, and by when. `spec` is the rule with its date; a new date is a new spec."""

    key: UUID
    unit: UUID | None
    unit_name: str
    professions: frozenset[str]
    leaders_only: bool
    joined_from: date | None
    joined_until: date | None
    due_on: date | None
    due_days: int | None
    began_on: date  # when the rule with this date first held

    @property
    def spec(self) -> str:
        """What a person comes under."""
        when = self.due_on.isoformat() if self.due_on else self.due_days
        return f"{self.key}:{'' if when is None else when}"


@dataclass(frozen=True, slots=True)
class What:
    """An item of an active plan."""

    key: UUID
    course: UUID | None
    module: UUID | None
    edition: int  # of the course or module today
    is_required: bool
    valid_months: int | None
    renew_days: int
    follows_revisions: bool
    rules: tuple[Who, ...]

    @property
    def can_come_again(self) -> bool:
        """Whether being done once may not be the end of it."""
        return bool(self.valid_months) or self.follows_revisions


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan as it is today; without an active version it asks nothing."""

    id: UUID
    municipalities: frozenset[str]
    region: UUID | None
    starts_on: date | None
    items: tuple[What, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """An employment, with its unit and everything above that, and where the unit lies."""

    id: UUID
    learner: UUID
    lineage: frozenset[UUID]
    municipality: str
    region: UUID | None
    profession: str
    is_leader: bool
    joined_on: date
    unit_since: date
    left_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the person works there on `day`."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True, slots=True)
class Done:
    """Evidence, as much of it as matters."""

    id: UUID
    done_on: date
    edition: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands decided about a job and an item."""

    exempt: bool = False
    exempt_until: date | None = None  # the last day; None: for good
    extended_until: date | None = None

    def is_exempt_on(self, day: date) -> bool:
        """Whether nothing is asked on `day`."""
        return self.exempt and (self.exempt_until is None or day <= self.exempt_until)


@dataclass(frozen=True, slots=True)
class Row:
    """An obligation as it is in the database, or as it should be."""

    id: UUID
    employment: UUID
    item_key: UUID
    rule_key: UUID
    cycle: int
    why: dict[str, Any] = field(hash=False)
    is_required: bool
    opened_on: date
    due_on: date | None
    state: str
    evidence: UUID | None = None
    done_on: date | None = None
    valid_until: date | None = None
    ended_on: date | None = None

    @property
    def is_done(self) -> bool:
        """Whether it has been done, now or in an earlier cycle."""
        return self.state == ObligationState.DONE


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def valid_until(item: What, done: Done) -> date | None:
    """The last day on which what was done counts; None: for good."""
    return months_after(done.done_on, item.valid_months) if item.valid_months else None


def renewable_from(item: What, done: Done) -> date | None:
    """When the next cycle opens; never before half of the time has gone."""
    until = valid_until(item, done)
    if until is None:
        return None
    half = done.done_on + (until - done.done_on) / 2
    return max(until - timedelta(days=item.renew_days), half)
