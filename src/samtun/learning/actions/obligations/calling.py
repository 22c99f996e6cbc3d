"""Which rules an employee comes under, and by when they ask for an item."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samtun.learning.actions.obligations.facts import (
    Asked,
    Decided,
    Done,
    Job,
    Row,
    What,
    Who,
    valid_until,
)

# Nobody who comes later than a rule is given less time than this.
GRACE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Call:
    """Rules that ask a job for an item today; the first is the one that counts."""

    job: Job
    item: What
    rules: tuple[Who, ...]
    starts_on: date | None  # the plan


@dataclass(frozen=True, slots=True)
class Due:
    """By when, and how that was worked out: what `queries.obligations` makes words of."""

    on: date | None
    facts: dict[str, Any]


def call_of(job: Job, item: What, plan: Asked, today: date) -> Call | None:
    """The rules of `item` that hit `job` today; None when there are none."""
    if not (job.holds_on(today) and is_for(plan, job)):
        return None
    hits = tuple(rule for rule in item.rules if _hits(rule, job))
    return Call(job, item, hits, plan.starts_on) if hits else None


def is_for(plan: Asked, job: Job) -> bool:
    """Whether the plan is for the unit: in its municipalities, or kept by its region."""
    if job.municipality:
        return job.municipality in plan.municipalities
    return plan.region is not None and job.region == plan.region


def _hits(rule: Who, job: Job) -> bool:
    return (
        (rule.unit is None or rule.unit in job.lineage)
        and (not rule.professions or job.profession in rule.professions)
        and (not rule.leaders_only or job.is_leader)
        and (rule.joined_from is None or job.joined_on >= rule.joined_from)
        and (rule.joined_until is None or job.joined_on <= rule.joined_until)
    )


def came_on(call: Call, known: Mapping[str, str], today: date) -> dict[str, str]:
    """Since when each rule has held for this job: as remembered, else from today."""
    day = today.isoformat()
    return {rule.spec: known.get(rule.spec, day) for rule in call.rules}


def first_due(call: Call, since: Mapping[str, str]) -> tuple[Who, Due]:
    """The rule that asks earliest, and its date; a rule without a date comes last."""
    dues = [(rule, _due(rule, call, date.fromisoformat(since[rule.spec]))) for rule in call.rules]
    return min(dues, key=lambda pair: (pair[1].on is None, pair[1].on or date.max))


def _due(rule: Who, call: Call, came: date) -> Due:
    if not call.item.is_required:
        return Due(None, {"way": "offered"})
    if rule.due_on is not None:
        return _fixed(rule.due_on, rule, came)
    if rule.due_days is None:
        return Due(None, {"way": "open"})
    begins = max(filter(None, (call.job.joined_on, came, call.starts_on)))
    facts = {"days": rule.due_days, "after": _event(begins, call), "from": _iso(begins)}
    return Due(begins + timedelta(days=rule.due_days), {"way": "days", **facts})


def _event(day: date, call: Call) -> str:
    """What happened on the day from which the time counts."""
    days = {"joined": call.job.joined_on, "unit": call.job.unit_since, "plan": call.starts_on}
    return next((name for name, other in days.items() if other == day), "came")


def _fixed(due_on: date, rule: Who, came: date) -> Due:
    """As agreed for those who were there; who comes later, or too late, gets time."""
    if came <= min(rule.began_on, due_on):
        return Due(due_on, {"way": "fixed"})
    on = max(due_on, came + GRACE)
    if on == due_on:
        return Due(due_on, {"way": "fixed"})
    return Due(on, {"way": "late", "fixed": _iso(due_on), "from": _iso(came)})


def again_due(call: Call, by_rule: Due, last: Done, opened_on: date, came: str) -> Due:
    """By when what was done is to be done again.

    When it runs out; what had run out before the rule came is asked for as if it were new.
    """
    item = call.item
    if not item.is_required:
        return by_rule
    ways = []
    until = valid_until(item, last)
    if until is not None and until < date.fromisoformat(came):
        ways.append(by_rule)
    elif until is not None:
        ways.append(Due(until, {"way": "renewal", "done": _iso(last.done_on)}))
    if item.follows_revisions and last.edition < item.edition:
        on = opened_on + timedelta(days=item.renew_days)
        ways.append(Due(on, {"way": "revision", "days": item.renew_days, "from": _iso(opened_on)}))
    return min(ways, key=lambda way: way.on or date.max) if ways else by_rule


def with_decisions(due: Due, decided: Decided, today: date) -> Due:
    """More time that was given, and time after an exemption that is over; never less."""
    if due.on is None:
        return due
    later = []
    if decided.extended_until:
        later.append((decided.extended_until, "extended"))
    if decided.exempt and decided.exempt_until and decided.exempt_until < today:
        later.append((decided.exempt_until + GRACE, "exempted"))
    on, way = max(later, default=(date.min, ""))
    return Due(on, {**due.facts, "moved": way, "was": _iso(due.on)}) if on > due.on else due


def why_of(
    call: Call, rule: Who, since: Mapping[str, str], due: Mapping[str, Any]
) -> dict[str, Any]:
    """The facts that `queries.obligations.why_in_words` speaks of; no name of any person."""
    others = [_scope(other) for other in call.rules if other.key != rule.key]
    return {
        "rule": str(rule.key),
        **_scope(rule),
        "joined_on": _iso(call.job.joined_on),
        "joined_from": _iso(rule.joined_from),
        "joined_until": _iso(rule.joined_until),
        "due": dict(due),
        "also": others,
        "since": dict(since),
    }


def _scope(rule: Who) -> dict[str, Any]:
    return {
        "unit": str(rule.unit) if rule.unit else None,
        "unit_name": rule.unit_name,
        "professions": sorted(rule.professions),
        "leaders": rule.leaders_only,
    }


def since_of(rows: Iterable[Row | None]) -> dict[str, str]:
    """What the first of `rows` that is there remembers."""
    row = next((one for one in rows if one is not None), None)
    found: dict[str, str] = row.why.get("since", {}) if row else {}
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
