"""What happens when a plan begins to be followed: found by doing it and taking it back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.desk.plans import words
from samtun.learning.actions import plans
from samtun.learning.enums import ObligationState
from samtun.learning.models import Obligation, Plan, PlanVersion
from samtun.learning.queries.plan_content import content_of
from samtun.learning.queries.plan_pages import FEWEST
from samtun.people.models import User


class _To(NamedTuple):
    """That somebody has something to do, counted as a person's and an item's."""

    employment: UUID
    item: UUID
    due: date | None


@dataclass(frozen=True, slots=True)
class ForItem:
    """How many get an item, and by when; how many lose it, and how many get another day."""

    title: str
    gets: int
    first_due: date | None
    last_due: date | None
    loses: int
    other_day: int
    done: int  # have done it already, so they have nothing to do

    @property
    def sentences(self) -> list[str]:
        """In words; fewer than five people are not counted out."""
        found = [
            (self.gets, ngettext("%(n)s person gets it", "%(n)s people get it", self.gets)),
            (self.done, ngettext("%(n)s has done it already", "%(n)s have done it already",
                                 self.done)),
            (self.loses, ngettext("%(n)s person has it no longer",
                                  "%(n)s people have it no longer", self.loses)),
            (self.other_day, ngettext("%(n)s gets another day", "%(n)s get another day",
                                      self.other_day)),
        ]  # fmt: skip
        return [text % {"n": _counted(count)} for count, text in found if count]

    @property
    def when(self) -> str:
        """By when those who get it are to have done it."""
        if not self.first_due:
            return ""
        days = {"first": words.day(self.first_due), "last": words.day(self.last_due)}
        if self.first_due == self.last_due or self.gets < FEWEST:
            return _("by %(day)s") % {"day": days["last"]}
        return _("between %(first)s and %(last)s") % days


@dataclass(frozen=True, slots=True)
class Foreseen:
    """All of it; `people` get something new to do, `freed` have nothing to do any more."""

    items: list[ForItem]
    people: int
    freed: int

    @property
    def key(self) -> str:
        """Changes when anything of it does, so that nobody says yes to something else."""
        rows = [f"{one.gets}.{one.loses}.{one.other_day}.{one.last_due}" for one in self.items]
        return "|".join((str(self.people), str(self.freed), *rows))

    @property
    def counted_people(self) -> str:
        """How many get something to do, in words."""
        return _counted(self.people)

    @property
    def counted_freed(self) -> str:
        """How many are done with it, in words."""
        return _counted(self.freed)


def _counted(count: int) -> str:
    return str(count) if count >= FEWEST else _("fewer than %(n)d") % {"n": FEWEST}


def foreseen(version: PlanVersion, by: User) -> Foreseen:
    """What `activate` would do; nothing is changed, and what it raises is raised here too."""
    plan, titles = version.plan, {one.key: one.title for one in content_of(version).items}
    before = _open(plan)
    gone = dict(plan_titles(plan))
    with transaction.atomic():
        plans.activate(version=version, by=by)
        after, done = _open(plan), _done(plan)
        transaction.set_rollback(True)
    return _compared(before, after, {**gone, **titles}, done)


def plan_titles(plan: Plan) -> Iterable[tuple[UUID, str]]:
    """What the items of all versions are called."""
    rows = plan.versions.order_by("number").values_list("items__key", "items__title")
    return ((key, title) for key, title in rows if key)


def _open(plan: Plan) -> dict[tuple[UUID, UUID], _To]:
    rows = Obligation.objects.filter(plan=plan, state=ObligationState.OPEN).order_by("cycle")
    found = (_To(*row) for row in rows.values_list("employment", "item_key", "due_on"))
    return {(one.employment, one.item): one for one in found}


def _done(plan: Plan) -> Counter[UUID]:
    rows = Obligation.objects.filter(plan=plan, state=ObligationState.DONE, cycle=1)
    return Counter(rows.values_list("item_key", flat=True))


def _compared(
    before: dict[tuple[UUID, UUID], _To],
    after: dict[tuple[UUID, UUID], _To],
    titles: dict[UUID, str],
    done: Counter[UUID],
) -> Foreseen:
    gets: dict[UUID, list[_To]] = {}
    for key, one in after.items():
        if key not in before:
            gets.setdefault(one.item, []).append(one)
    loses = Counter(one.item for key, one in before.items() if key not in after)
    moved = Counter(
        one.item for key, one in after.items() if key in before and before[key].due != one.due
    )
    items = [
        _for_item(titles[key], gets.get(key, []), loses[key], moved[key], done[key])
        for key in titles
        if gets.get(key) or loses[key] or moved[key] or done[key]
    ]
    still = {one.employment for one in after.values()}
    new = {one.employment for each in gets.values() for one in each}
    freed = {one.employment for one in before.values()} - still
    return Foreseen(items, len(new), len(freed))


def _for_item(title: str, gets: list[_To], loses: int, moved: int, done: int) -> ForItem:
    days = sorted(one.due for one in gets if one.due)
    return ForItem(
        title=title,
        gets=len(gets),
        first_due=days[0] if days else None,
        last_due=days[-1] if days else None,
        loses=loses,
        other_day=moved,
        done=done,
    )
