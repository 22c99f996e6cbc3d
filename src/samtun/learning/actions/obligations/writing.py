"""Writes the difference between the rows there are and those there should be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from samtun.learning.actions.obligations.facts import Row
from samtun.learning.models import Obligation

_BATCH = 1_000
_CHANGING = (
    "rule_key", "why", "is_required", "opened_on", "due_on", "state", "evidence", "done_on",
    "valid_until", "ended_on",
)  # fmt: skip
_REFERENCES = {"employment": "employment_id", "evidence": "evidence_id"}
_FIELDS = tuple((one.name, _REFERENCES.get(one.name, one.name)) for one in fields(Row))


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of one plan to write; `settled` are those that nobody is to be reminded of any more."""

    plan: UUID
    new: Sequence[Row]
    changed: Sequence[Row]
    settled: Sequence[Row]


def difference(plan: UUID, pairs: Iterable[tuple[Sequence[Row], Sequence[Row]]]) -> Difference:
    """Between rows as they are and as they should be, job by job and item by item."""
    new: list[Row] = []
    changed: list[Row] = []
    settled: list[Row] = []
    for are, should in pairs:
        before = {row.id: row for row in are}
        for row in should:
            old = before.get(row.id)
            if old is None:
                new.append(row)
            elif old is not row and old != row:
                changed.append(row)
                if old.state == "open" != row.state:
                    settled.append(row)
    return Difference(plan, new, changed, settled)


def write(found: Difference) -> int:
    """Insert what is new and change what differs; how many rows. Nothing is ever deleted."""
    Obligation.objects.bulk_create(_models(found.plan, found.new), batch_size=_BATCH)
    Obligation.objects.bulk_create(
        _models(found.plan, found.changed),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_CHANGING,
    )
    return len(found.new) + len(found.changed)


def _models(plan: UUID, rows: Sequence[Row]) -> Iterator[Obligation]:
    for row in rows:
        yield Obligation(plan_id=plan, **{to: getattr(row, name) for name, to in _FIELDS})
