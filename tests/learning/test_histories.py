"""Anything in any order: obligations are what the rules say for today, and evidence never shrinks.

Each step is followed as the actions do it (`follow` for a person, `recompute` for a plan); after
each step the whole is worked out again and must give nothing new.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from samtun.learning.actions import obligations
from samtun.learning.letters import reminding
from samtun.learning.models import (
    Course,
    Decision,
    Employment,
    Evidence,
    Item,
    Obligation,
    PlanVersion,
)
from samtun.learning.queries.obligations import to_do, why_in_words
from tests.factories import directory as make
from tests.factories import learning
from tests.learning.histories import Oracle

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("SAMTUN_HISTORIES", "15"))
PROFESSIONS = ("nurse", "teacher")
Step = tuple[str, int, int]  # what, which, how


class History:
    """Three units, three people, a plan of three items, and a day."""

    def __init__(self) -> None:
        self.today = date(2026, 1, 29)
        place = make.municipality()
        top = make.organization(municipality=place)
        self.units = [
            top,
            make.organization(parent_organization=top),
            make.organization(municipality=make.municipality("5001", "Trondheim")),
        ]
        people = [learning.learner(f"Person {number}") for number in range(3)]
        for number in range(4):  # the first has two jobs
            self.hire(number, people[number % 3])
        self.courses = [learning.course() for _ in range(3)]
        self.plan = learning.plan(municipality=place)
        self.keys = [uuid4() for _ in range(6)]
        self.number = 0
        self.activate(0)
        self.oracle = Oracle()
        self.oracle.today(self.today)
        self.evidence: set[object] = set()

    def hire(self, which: int, learner: object) -> Employment:
        return learning.employment(
            self.units[which % 2], learner=learner, joined_on=self.today, external_id=str(uuid4())
        )

    def activate(self, how: int) -> None:
        """The next version: what it says is in the bits of `how`."""
        active = PlanVersion.objects.filter(plan=self.plan, status="active")
        active.update(status="superseded", digest="agreed")
        self.number += 1
        moment = datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=UTC)
        version = learning.version(
            self.plan, number=self.number, starts_on=date(2026, 1, 1), activated_at=moment
        )
        for number in range(3):
            if (how >> number) % 8 != 7:
                self._add(version, number, how >> number)
        obligations.recompute(self.plan, today=self.today)

    def _add(self, version: PlanVersion, number: int, how: int) -> None:
        item = learning.item(
            version, key=self.keys[number], course=self.courses[number], renew_days=20,
            is_required=how % 11 != 10, valid_months=2 if number == 1 else None,
        )  # fmt: skip
        unit = self.units[1] if how % 3 == 1 else None
        learning.rule(item, key=self.keys[number], unit=unit, due_days=30 + how % 2)
        if how % 2:
            fixed = date(2026, 3, 1) + timedelta(days=how % 4)
            professions = [PROFESSIONS[how % 2]]
            learning.rule(item, key=self.keys[3 + number], professions=professions, due_on=fixed)

    def job(self, which: int) -> Employment:
        found = Employment.objects.order_by("joined_on", "external_id", "pk")
        return found[which % len(found)]

    def item(self, which: int) -> Item | None:
        found = Item.objects.filter(version__status="active").order_by("position")
        return found[which % len(found)] if found else None


def join(history: History, which: int, how: int) -> None:
    job = history.hire(how, history.job(which).learner)
    obligations.follow(job, today=history.today)


def move(history: History, which: int, how: int) -> None:
    job = history.job(which)
    job.unit, job.unit_since = history.units[how % 3], history.today
    job.save()
    obligations.follow(job, today=history.today)


def change_role(history: History, which: int, how: int) -> None:
    job = history.job(which)
    job.profession, job.is_leader = PROFESSIONS[how % 2], how % 3 == 0
    job.save()
    obligations.follow(job, today=history.today)


def leave(history: History, which: int, how: int) -> None:
    job = history.job(which)
    job.left_on = max(job.joined_on, history.today + timedelta(days=how % 3 - 1))
    job.save()
    obligations.follow(job, today=history.today)


def come_back(history: History, which: int, _how: int) -> None:
    job = history.job(which)
    job.left_on = None
    job.save()
    obligations.follow(job, today=history.today)


def complete(history: History, which: int, how: int) -> None:
    if item := history.item(how):
        learner = history.job(which).learner
        learning.evidence(learner, course=item.course, done_on=history.today)
        obligations.follow(learner, today=history.today)


def bring(history: History, which: int, how: int) -> None:
    """Evidence from before, e.g. of another municipality."""
    if item := history.item(how):
        day = history.today - timedelta(days=10 * how)
        learner = history.job(which).learner
        learning.evidence(learner, course=item.course, done_on=day, learnt="brought")
        obligations.follow(learner, today=history.today)


def decide(history: History, which: int, how: int) -> None:
    item, job = history.item(how), history.job(which)
    if item is None:
        return
    kind = ("exempt", "extended")[how % 2]
    until = history.today + timedelta(days=how)
    Decision.objects.filter(employment=job, item_key=item.key, kind=kind).delete()
    Decision.objects.create(
        employment=job, plan=history.plan, item_key=item.key, kind=kind, reason="Permisjon",
        until=None if how == 4 else until,
    )  # fmt: skip
    obligations.follow(job, today=history.today)


def revise(history: History, which: int, _how: int) -> None:
    course = history.courses[which % 3]
    Course.objects.filter(pk=course.pk).update(edition=course.edition + 1)
    obligations.tonight(history.today)


def agree_anew(history: History, which: int, how: int) -> None:
    history.activate(which * 7 + how)


def wait(history: History, which: int, how: int) -> None:
    """Days pass, each with its night."""
    for _ in range((1, 2, 6)[which % 3] + how // 2):
        history.today += timedelta(days=1)
        obligations.tonight(history.today)
        history.oracle.today(history.today)


def weeks_pass(history: History, _which: int, how: int) -> None:
    """With one night at their end: the server was off, and catches up."""
    history.today += timedelta(days=15 + 5 * how)
    obligations.tonight(history.today)
    history.oracle.today(history.today)


STEPS: dict[str, Callable[[History, int, int], None]] = {
    "join": join,
    "move": move,
    "change_role": change_role,
    "leave": leave,
    "come_back": come_back,
    "complete": complete,
    "bring": bring,
    "decide": decide,
    "revise": revise,
    "agree_anew": agree_anew,
    "wait": wait,
    "weeks_pass": weeks_pass,
}
histories = some.lists(
    some.tuples(some.sampled_from(sorted(STEPS)), some.integers(0, 9), some.integers(0, 9)),
    max_size=10,
)


def as_the_rules_say(history: History) -> None:
    wanted = history.oracle.today(history.today)
    rows = list(Obligation.objects.filter(ended_on__isnull=True))
    found = {
        (row.employment_id, row.item_key): (row.state, row.due_on if row.state == "open" else None)
        for row in rows
    }
    assert len(found) == len(rows)
    assert found == wanted


def each_is_explained(_history: History) -> None:
    for row in Obligation.objects.select_related("employment"):
        assert row.why["rule"] == str(row.rule_key)
        assert row.why["due"]["way"]
        assert row.why["joined_on"] == row.employment.joined_on.isoformat()
        assert any(spec.startswith(f"{row.rule_key}:") for spec in row.why["since"])
        assert why_in_words(row, "nb")
        assert (row.state == "done") == (row.evidence_id is not None)
        assert row.state != "ended" or row.ended_on


def evidence_never_shrinks(history: History) -> None:
    now = set(Evidence.objects.values_list("pk", flat=True))
    assert history.evidence <= now
    history.evidence = now


def what_is_done_stays_done(history: History) -> None:
    done = Obligation.objects.filter(state="done").values_list("pk", "evidence_id")
    known: set[object] = getattr(history, "done", set())
    assert known <= set(done)
    vars(history)["done"] = set(done)


def the_whole_gives_nothing_new(history: History) -> None:
    assert obligations.recompute(history.plan, today=history.today) == 0


def nobody_is_reminded_of_what_is_not_theirs(history: History) -> None:
    wanted = history.oracle.today(history.today)
    told = to_do(history.today).filter(due_on__lte=history.today + reminding.BEFORE)
    for row in told:
        assert wanted[row.employment_id, row.item_key] == ("open", row.due_on)
    assert max(Counter(told.values_list("pk", flat=True)).values(), default=1) == 1


INVARIANTS = (
    as_the_rules_say,
    each_is_explained,
    evidence_never_shrinks,
    what_is_done_stays_done,
    the_whole_gives_nothing_new,
    nobody_is_reminded_of_what_is_not_theirs,
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck], database=None)
@given(histories)
def test_obligations_are_what_the_rules_say_for_today(steps: list[Step]) -> None:
    with transaction.atomic():
        history = History()
        for name, which, how in [("wait", 0, 0), *steps]:
            STEPS[name](history, which, how)
            for holds in INVARIANTS:
                holds(history)
        transaction.set_rollback(True)
