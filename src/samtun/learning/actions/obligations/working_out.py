"""What the rules say for today about one job and one item: a pure function over rows and facts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from samtun.learning.actions.obligations.calling import (
    Call,
    again_due,
    came_on,
    first_due,
    since_of,
    why_of,
    with_decisions,
)
from samtun.learning.actions.obligations.facts import (
    ANY_EDITION,
    Decided,
    Done,
    Row,
    What,
    renewable_from,
    valid_until,
)
from samtun.learning.enums import ObligationState

OPEN, DONE = ObligationState.OPEN.value, ObligationState.DONE.value
EXEMPT, ENDED = ObligationState.EXEMPT.value, ObligationState.ENDED.value


def without_call(rows: Sequence[Row], today: date) -> list[Row]:
    """Nothing asks for it any longer: what is not done ends, what is done is history."""
    return [ended(row, today) for row in rows]


def ended(row: Row, today: date) -> Row:
    """Out of force from `today`; it keeps being done if it was."""
    if row.ended_on is not None:
        return row
    return replace(row, state=DONE if row.is_done else ENDED, ended_on=today)


def with_call(
    call: Call,
    rows: Sequence[Row],
    done: Sequence[Done],
    lost: frozenset[UUID],
    decided: Decided,
    today: date,
) -> list[Row]:
    """What the rows of a job and item, in order of cycles, become.

    `done` is all evidence that counts, `lost` evidence that no longer does: earlier learning whose
    decision was withdrawn. Exactly one row is in force (`ended_on` is None) afterwards.
    """
    return _Course(call, rows, done, lost, decided, today).run()


class _Course:
    """The course of one obligation through its cycles."""

    def __init__(  # what `with_call` got
        self,
        call: Call,
        rows: Sequence[Row],
        done: Sequence[Done],
        lost: frozenset[UUID],
        decided: Decided,
        today: date,
    ) -> None:
        self.call, self.item, self.decided, self.today = call, call.item, decided, today
        self.done = {one.id: one for one in done}
        kept = [row for row in rows if row.is_done and row.evidence not in lost]
        self.last = kept[-1] if kept else None
        newest = rows[-1] if rows else None
        self.pending = newest if newest is not self.last else None
        self.history = [
            _over(row, lost, today)
            for row in rows
            if row is not self.last and row is not self.pending
        ]
        self.cycles = newest.cycle if newest else 0
        self.since = came_on(call, self._remembered(), today)

    def run(self) -> list[Row]:
        newest = self._newest()
        if newest and (self.last is None or self._is_newer(newest, self._done_by(self.last))):
            self._complete(newest)
        if self.last and self._is_enough(self._done_by(self.last)):
            self.last = self._standing(self.last)
            if self.pending:
                self.pending = ended(self.pending, self.today)
        else:
            self.last = ended(self.last, self.today) if self.last else None
            self.pending = self._asked(self.pending)
        rows = [*self.history, self.last, self.pending]
        return sorted((row for row in rows if row), key=lambda row: row.cycle)

    def _remembered(self) -> Mapping[str, str]:
        """Since when rules have held; who was out of it comes under them anew."""
        in_force = (
            row for row in (self.pending, self.last) if row is not None and row.ended_on is None
        )
        return since_of(in_force)

    def _newest(self) -> Done | None:
        """What counts now: the first time, or the latest of what can come again."""
        if not self.done:
            return None
        if self.item.can_come_again:
            return max(self.done.values(), key=lambda one: (*_rank(self.item, one), one.id))
        return min(self.done.values(), key=lambda one: (one.done_on, one.id))

    def _is_newer(self, found: Done, before: Done) -> bool:
        return self.item.can_come_again and _rank(self.item, found) > _rank(self.item, before)

    def _done_by(self, row: Row) -> Done:
        """A done row keeps being done, also when the item is another course now."""
        key, day = row.evidence or row.id, row.done_on or row.opened_on  # the row has both
        return self.done.get(key) or Done(key, day, ANY_EDITION)

    def _complete(self, found: Done) -> None:
        """The row that was to be done is; without one, a row of its own tells it."""
        if self.last:
            self.history.append(ended(self.last, self.today))
        row = self._asked(self.pending)
        self.last = replace(
            row,
            state=DONE,
            evidence=found.id,
            done_on=found.done_on,
            valid_until=valid_until(self.item, found),
        )
        self.pending = None

    def _is_enough(self, found: Done) -> bool:
        opens = renewable_from(self.item, found)
        is_outdated = self.item.follows_revisions and found.edition < self.item.edition
        return not is_outdated and (opens is None or self.today < opens)

    def _standing(self, row: Row) -> Row:
        """Done and in force. It keeps its date; its rule only changes when that is gone."""
        rule_key, why = row.rule_key, row.why
        if rule_key not in {rule.key for rule in self.call.rules}:
            rule, _due = first_due(self.call, self.since)
            rule_key, why = rule.key, why_of(self.call, rule, self.since, row.why.get("due", {}))
        elif why.get("since") != self.since:
            why = {**why, "since": self.since}
        until = valid_until(self.item, self._done_by(row))
        return replace(
            row, rule_key=rule_key, why=why, is_required=self.item.is_required,
            valid_until=until, ended_on=None,
        )  # fmt: skip

    def _asked(self, row: Row | None) -> Row:
        """To do, or exempt from it; a row that had ended opens anew."""
        is_new = row is None or row.ended_on is not None
        opened_on = self.today if row is None or is_new else row.opened_on
        rule, due = first_due(self.call, self.since)
        if self.last:
            before, came = self._done_by(self.last), self.since[rule.spec]
            due = again_due(self.call, due, before, opened_on, came)
        due = with_decisions(due, self.decided, self.today)
        return Row(
            id=row.id if row else uuid4(),
            employment=self.call.job.id,
            item_key=self.item.key,
            rule_key=rule.key,
            cycle=row.cycle if row else self._next_cycle(),
            why=why_of(self.call, rule, self.since, due.facts),
            is_required=self.item.is_required,
            opened_on=opened_on,
            due_on=due.on,
            state=EXEMPT if self.decided.is_exempt_on(self.today) else OPEN,
        )

    def _next_cycle(self) -> int:
        self.cycles += 1
        return self.cycles


def _over(row: Row, lost: frozenset[UUID], today: date) -> Row:
    """A row of an earlier cycle; without its evidence it was never done."""
    if row.is_done and row.evidence in lost:
        row = replace(row, state=ENDED, evidence=None, done_on=None, valid_until=None)
    return ended(row, today)


def _rank(item: What, done: Done) -> tuple[int, date]:
    return (done.edition if item.follows_revisions else 0, done.done_on)
