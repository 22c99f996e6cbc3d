"""A version of a plan as a page or a paper shows it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.desk.plans import words
from samtun.learning.models import Measurement, PlanVersion
from samtun.learning.queries import plan_pages
from samtun.learning.queries.plan_content import (
    Content,
    GoalContent,
    ItemContent,
    content_of,
    digest,
)
from samtun.learning.queries.plan_pages import Counts, Names, Progress


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with what stands about it; `counts` is None where there is nothing to count yet."""

    number: int
    content: ItemContent
    about: str  # the course, module or meeting it names, when its title says something else
    facts: list[str]
    rules: list[tuple[str, str]]  # for whom, by when
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal with its figures from the start until now."""

    number: int
    content: GoalContent
    baseline: str
    target: str
    due: str
    measured: list[tuple[str, str, Measurement]]  # day, figure

    @property
    def latest(self) -> str:
        """The newest figure."""
        return self.measured[-1][1] if self.measured else ""

    @property
    def is_reached(self) -> bool | None:
        """Whether the newest figure is at the target, seen from the figure at the start."""
        goal = self.content
        if not self.measured or goal.target is None:
            return None
        value = self.measured[-1][2].value
        falls = goal.baseline is not None and goal.baseline > goal.target
        return value <= goal.target if falls else value >= goal.target


@dataclass(frozen=True, slots=True)
class Shown:
    """All of it."""

    version: PlanVersion
    content: Content
    digest: str
    goals: list[ShownGoal]
    items: list[ShownItem]
    progress: Progress
    minutes: int  # required, all together


def shown(version: PlanVersion, *, with_progress: bool = False) -> Shown:
    """`version`, its plan loaded along, in the active language; nine or twelve queries."""
    content = content_of(version)
    names = plan_pages.names_in([content], get_language() or "nb")
    progress = _progress(version, timezone.localdate()) if with_progress else Progress()
    measured = plan_pages.measurements_of(version.plan) if with_progress else {}
    return Shown(
        version=version,
        content=content,
        digest=digest(content),
        goals=[
            _goal(number, goal, measured.get(goal.key, []))
            for number, goal in enumerate(content.goals, start=1)
        ],
        items=[
            _item(number, item, names, progress.items.get(item.key))
            for number, item in enumerate(content.items, start=1)
        ],
        progress=progress,
        minutes=sum(one.minutes for one in content.items if one.is_required),
    )


def _progress(version: PlanVersion, today: date) -> Progress:
    return plan_pages.progress(version.plan, since=version.starts_on, today=today)


def _goal(number: int, goal: GoalContent, measured: list[Measurement]) -> ShownGoal:
    unit = goal.unit_of_measure
    return ShownGoal(
        number=number,
        content=goal,
        baseline=words.figure(goal.baseline, unit),
        target=words.figure(goal.target, unit),
        due=words.day(goal.measured_on),
        measured=[(words.day(m.measured_on), words.figure(m.value, unit), m) for m in measured],
    )


def _item(number: int, item: ItemContent, names: Names, counts: Counts | None) -> ShownItem:
    named = (
        names.courses.get(item.course) if item.course else "",
        names.modules.get(item.module) if item.module else "",
        names.events.get(item.event) if item.event else "",
    )
    about = next((one for one in named if one and one != item.title), "")
    return ShownItem(
        number=number,
        content=item,
        about=about,
        facts=words.facts(item),
        rules=words.together(item.rules, names),
        counts=counts,
    )


def how_many(counts: Counts | None) -> str:
    """How many have done it, in words, for a table; empty where nobody has it."""
    if counts is None:
        return ""
    if not counts.is_shown:
        return _("fewer than %(n)d people") % {"n": plan_pages.FEWEST}
    return _("%(done)s of %(asked)d") % {"done": few(counts.done), "asked": counts.asked}


def few(count: int) -> str:
    """`count`, but one to four are not counted out: nobody is pointed at."""
    if plan_pages.is_told(count):
        return str(count)
    return _("fewer than %(n)d") % {"n": plan_pages.FEWEST}


def standing(counts: Counts) -> list[str]:
    """How an item stands, in words: done, late, exempt."""
    said = [_("%(done)s of %(asked)d have done it") % {
        "done": few(counts.done), "asked": counts.asked,
    }]  # fmt: skip
    if counts.late:
        said.append(late(counts.late))
    if counts.exempt:
        said.append(_("%(exempt)s are exempt") % {"exempt": few(counts.exempt)})
    return said


def late(count: int) -> str:
    """How many are late: five or more, or few."""
    return _("%(late)s are late") % {"late": few(count)}
