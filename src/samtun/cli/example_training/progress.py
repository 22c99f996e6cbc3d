"""A year of progress: who did what and when, who moved, left and came back, and what was decided.

How far a unit has come is told in life.toml; who in it has done what is drawn, the same each time.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from operator import itemgetter
from uuid import UUID

from django.utils import timezone

from samtun.cli.example_training.rows import Bookkeeping
from samtun.cli.example_training.told import (
    Entry,
    day,
    key,
    moment,
    person,
    read,
    share,
    unit,
    unit_key,
)
from samtun.learning.actions import certificates, decisions, employees, obligations
from samtun.learning.enums import DecisionKind, EvidenceKind, ItemKind, ObligationState
from samtun.learning.errors import LearningError
from samtun.learning.models import (
    Decision,
    Employment,
    Evidence,
    Item,
    Learner,
    Obligation,
    Plan,
)
from samtun.people.models import User

_PACE = 0.86  # of a unit that is not mentioned
_LATE = 0.1  # how many of those who do it, do it after the day
_OLD, _REMINDED = 150, 0.6  # days ago; how many of the rest have done it since then
_RENEWS = 0.8  # how many renew in good time
_ROUNDS = (-90, -60, -30, 0)  # days when everybody's obligations are worked out; nights in life
_PAPERS = 24  # certificates that people have asked for
_PLAN_PAPERS = 4


_Step = tuple[int, Callable[[date], object]]  # the day, and what happens on it


def load(plan: Plan) -> None:
    """The year as it went, round by round, and what was decided in it."""
    book = Bookkeeping()
    _Year(plan, book).tell()
    for offset, step in sorted([*_changes(), *_rounds(plan)], key=itemgetter(0)):
        book.write_evidence(until=day(offset))
        step(day(offset))
    book.write_places()
    _decide(plan)
    _certificates(plan)


class _Year:
    """Goes through what everybody had to do."""

    def __init__(self, plan: Plan, book: Bookkeeping) -> None:
        life = read("life.toml")
        self.book = book
        self.items = {
            item.key: item
            for item in Item.objects.filter(version__plan=plan).select_related(
                "version__plan", "event"
            )
        }
        self.names = {key("item", one["key"]): one["key"] for one in read("plan.toml")["item"]}
        self.pace: dict[UUID, float] = {unit_key(name): pace for name, pace in life["pace"].items()}
        self.taken: dict[str, float] = life["taken"]
        self.told: dict[str, Entry] = {entry["email"]: entry for entry in life["person"]}
        self.decided = {(entry["email"], entry["item"]) for entry in life["decision"]}
        held = Obligation.objects.filter(plan=plan, ended_on=None)
        self.held = held.select_related("employment__learner").order_by(
            "employment__learner__email", "item_key"
        )

    def tell(self) -> None:
        for one in self.held:
            item = self.items[one.item_key]
            learner = one.employment.learner
            if on := self._day(one, item, learner):
                self._do(learner, item, on)
            elif self._has_begun(item, learner):
                self.book.begun(learner, item.course_id, day(-9))

    def _do(self, learner: Learner, item: Item, on: date) -> None:
        if item.kind != ItemKind.COURSE:
            self.book.activity(learner, item, on)
            return
        self.book.course(learner, item.course_id, on)
        again = self._again(learner, item, on)
        if again is not None:
            self.book.course(learner, item.course_id, again)

    def _day(self, one: Obligation, item: Item, learner: Learner) -> date | None:
        """When they did it; None: not yet."""
        name = self.names[item.key]
        if learner.email in self.told:
            offset = self.told[learner.email]["done"].get(name)
            return None if offset is None else day(offset)
        if item.is_together or (learner.email, name) in self.decided:
            return None
        if share(learner.email, name) >= self._likely(one, name):
            return None
        on = self._drawn(one, item, learner)
        return on if on < day(0) else None

    def _likely(self, one: Obligation, name: str) -> float:
        if not one.is_required:
            return self.taken[name]
        pace = self.pace.get(one.employment.unit_id, _PACE)
        is_old = one.due_on is not None and one.due_on < day(-_OLD)
        return pace + (1 - pace) * _REMINDED if is_old else pace

    def _drawn(self, one: Obligation, item: Item, learner: Learner) -> date:
        """Between the day it was asked for and the day it is due; some are late."""
        if item.event and (when := item.event.occurrences.order_by("starts_at").first()):
            return timezone.localdate(when.starts_at)
        first = one.opened_on + timedelta(days=10)
        last = max(first, (one.due_on or first + timedelta(days=300)) - timedelta(days=2))
        if share(learner.email, item.key, "late") < _LATE:
            first, last = last, last + timedelta(days=30)
        return first + (last - first) * share(learner.email, item.key, "day")

    def _again(self, learner: Learner, item: Item, on: date) -> date | None:
        """What is to be renewed each year: most who can, have."""
        if not item.valid_months or learner.email in self.told:
            return None
        opens = on + timedelta(days=365 - item.renew_days + 3)
        again = opens + timedelta(days=int(40 * share(learner.email, item.key, "again")))
        is_renewed = share(learner.email, item.key, "renews") < _RENEWS
        return again if is_renewed and again < day(0) else None

    def _has_begun(self, item: Item, learner: Learner) -> bool:
        if item.kind != ItemKind.COURSE:
            return False
        name = self.names[item.key]
        if learner.email in self.told:
            return name in self.told[learner.email].get("begun", ())
        return share(learner.email, name, "begun") < 0.3


def _job(email: str) -> Employment:
    jobs = Employment.objects.select_related("learner", "employer", "unit")
    return jobs.filter(learner__email=email).order_by("-joined_on")[0]


def _rounds(plan: Plan) -> Iterator[_Step]:
    for offset in _ROUNDS:
        yield offset, lambda today: obligations.recompute(plan, today=today)


def _changes() -> Iterator[_Step]:
    """Who moved to another unit, who left, and who came back."""
    life = read("life.toml")
    for entry in life["moved"]:
        yield entry["day"], partial(_move, entry)
    for entry in life["left"]:
        yield entry["day"], partial(_leave, entry)
        if "back" in entry:
            yield entry["back"], partial(_come_back, entry)


def _move(entry: Entry, on: date) -> None:
    job = employees.change(
        employment=_job(entry["email"]), unit=unit(entry["unit"]), on=on, by=_keeper(),
        is_followed=False,
    )  # fmt: skip
    obligations.follow(job, today=on)


def _leave(entry: Entry, last: date) -> None:
    job = _job(entry["email"])
    obligations.follow(job, today=last)
    employees.leave(employment=job, left_on=last, by=_keeper(), is_followed=False)
    obligations.follow(job, today=last + timedelta(days=1))


def _come_back(entry: Entry, on: date) -> None:
    before = _job(entry["email"])
    job = employees.hire(
        employer=before.employer, unit=before.unit, name=before.learner.name,
        email=before.learner.email, profession=before.profession, position=before.position,
        joined_on=on, external_id=before.external_id, source=before.source, by=_keeper(),
        is_followed=False,
    )  # fmt: skip
    obligations.follow(job, today=on)


def _keeper() -> User:
    return person(read("life.toml")["by"])


def _decide(plan: Plan) -> None:
    for entry in read("life.toml")["decision"]:
        made = _decision(plan, entry)
        Decision.objects.filter(pk=made.pk).update(decided_at=moment(day(entry["day"])))


def _decision(plan: Plan, entry: Entry) -> Decision:
    job, by, item = _job(entry["email"]), person(entry["by"]), key("item", entry["item"])
    reason = entry["reason"]
    if entry["kind"] == DecisionKind.EXTENDED:
        return decisions.extend(
            employment=job, plan=plan, item_key=item, reason=reason, until=day(entry["until"]),
            by=by,
        )  # fmt: skip
    if entry["kind"] == DecisionKind.EQUIVALENT:
        return decisions.count_equivalent(
            employment=job, plan=plan, item_key=item, reason=reason, done_on=day(entry["done"]),
            by=by,
        )  # fmt: skip
    until = day(entry["until"]) if "until" in entry else None
    return decisions.exempt(
        employment=job, plan=plan, item_key=item, reason=reason, until=until, by=by
    )


def _certificates(plan: Plan) -> None:
    """Papers that some have asked for: of a course, and of the plan when all of it is done."""
    done = Evidence.objects.filter(kind=EvidenceKind.COURSE).select_related(
        "learner__user", "course"
    )
    drawn = sorted(done, key=lambda one: share(one.learner.email, one.title))[:_PAPERS]
    for one in [*drawn, *_told_papers(done)]:
        certificates.issue(evidence=one)
    papers = 0
    for learner in _finished(plan):
        if papers == _PLAN_PAPERS:
            return
        papers += _plan_paper(learner, plan)


def _told_papers(done: Iterable[Evidence]) -> list[Evidence]:
    slugs = {one["key"]: one.get("course") for one in read("plan.toml")["item"]}
    wanted = {
        (entry["email"], slugs[entry["certificate"]])
        for entry in read("life.toml")["person"]
        if "certificate" in entry
    }
    return [one for one in done if one.course and (one.learner.email, one.course.slug) in wanted]


def _finished(plan: Plan) -> list[Learner]:
    """Those who have something done and nothing left, the same order each time."""
    held = Obligation.objects.filter(plan=plan, ended_on=None, is_required=True)
    left = held.filter(state=ObligationState.OPEN).values("employment__learner")
    done = held.filter(state=ObligationState.DONE).values("employment__learner")
    found = Learner.objects.filter(pk__in=done).exclude(pk__in=left).order_by("email")
    return list(found[: _PLAN_PAPERS * 3])


def _plan_paper(learner: Learner, plan: Plan) -> bool:
    try:
        certificates.issue_for_plan(learner=learner, plan=plan)
    except LearningError:
        return False
    return True
