"""How units stand with their checklists, and what they follow up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from samtun.learning.content import Block, ModuleContent, blocks_of
from samtun.learning.enums import BlockKind, CheckState, SessionState
from samtun.learning.models import CheckMark, FollowUp, GroupSession, Module, ModuleVersion
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a checklist, and how the unit stands with it."""

    id: str
    text: str
    state: str
    note: str
    mark: CheckMark | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist block of a module as one unit has filled it in."""

    module: Module
    language: str
    block: str
    title: str
    introduction: str
    points: tuple[Point, ...]

    @property
    def done(self) -> int:
        """How many points are in place."""
        return sum(one.state == CheckState.DONE for one in self.points)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands, as counts."""

    points: int = 0
    not_yet: int = 0
    started: int = 0
    done: int = 0
    open_follow_ups: int = 0
    due_follow_ups: int = 0
    sessions: int = 0  # held


def checklist_blocks(content: ModuleContent) -> list[Block]:
    """The checklists of a module."""
    return [block for block in blocks_of(content) if block["kind"] == BlockKind.CHECKLIST]


def filled_in(
    unit: Organization, module: Module, content: ModuleContent, language: str
) -> list[Checklist]:
    """The checklists of a module as the unit stands; one query."""
    found = CheckMark.objects.filter(unit=unit, module=module).select_related("session__module")
    marks = {(one.block, one.point): one for one in found}
    return [_filled(module, language, block, marks) for block in checklist_blocks(content)]


def _filled(
    module: Module, language: str, block: Block, marks: dict[tuple[str, str], CheckMark]
) -> Checklist:
    value: dict[str, Any] = block["value"]
    points = []
    for each in value.get("points", []):
        mark = marks.get((block["id"], each["id"]))
        state = mark.state if mark else CheckState.NOT_YET
        note = mark.note if mark else ""
        points.append(Point(each["id"], each["text"], state, note, mark))
    return Checklist(
        module, language, block["id"], value.get("title", ""), value.get("introduction", ""),
        tuple(points),
    )  # fmt: skip


def checklists_of(unit: Organization, language: str) -> list[Checklist]:
    """Those of every module that the unit has gone through together or marked; four queries."""
    modules = list(_modules_of(unit))
    texts = _texts(modules, language)
    found = CheckMark.objects.filter(unit=unit, module__in=modules)
    marks: dict[UUID, dict[tuple[str, str], CheckMark]] = {}
    for one in found.select_related("session"):
        marks.setdefault(one.module_id, {})[one.block, one.point] = one
    return [
        _filled(module, each.language, block, marks.get(module.pk, {}))
        for module in modules
        if (each := texts.get(module.pk))
        for block in checklist_blocks(each.content)
    ]


def _modules_of(unit: Organization) -> Iterable[Module]:
    held = GroupSession.objects.filter(unit=unit).exclude(state=SessionState.PLANNED)
    marked = CheckMark.objects.filter(unit=unit)
    those = Q(pk__in=held.values("module")) | Q(pk__in=marked.values("module"))
    return Module.objects.filter(those).order_by("slug")


def _texts(modules: Collection[Module], language: str) -> dict[UUID, ModuleVersion]:
    rows = ModuleVersion.objects.filter(module__in=modules, is_current=True)
    found: dict[UUID, dict[str, ModuleVersion]] = {}
    for row in rows:
        found.setdefault(row.module_id, {})[row.language] = row
    return {key: _nearest(each, language) for key, each in found.items()}


def _nearest(found: dict[str, ModuleVersion], language: str) -> ModuleVersion:
    order = (language, Language.BOKMAL, Language.NYNORSK, Language.ENGLISH, *found)
    return next(found[each] for each in order if each in found)


def follow_ups_of(unit: Organization) -> list[FollowUp]:
    """What the unit follows up: open ones by due date, then the newest done."""
    found = FollowUp.objects.filter(unit=unit).select_related("session__module")
    undone = found.filter(done_at=None)
    return [
        *sorted(undone, key=lambda one: (one.due_on or date.max, one.made_at)),
        *found.exclude(done_at=None).order_by("-done_at")[:20],
    ]


def due_follow_ups(
    units: Collection[UUID] | QuerySet[Organization, Any],
    today: date,
    within: int = 7,
) -> list[FollowUp]:
    """What is due in those units, or in so many days; the oldest first; one query."""
    last = date.fromordinal(today.toordinal() + within)
    within_days = Q(unit__in=units)
    found = FollowUp.objects.filter(within_days, done_at=None, due_on__lte=last)
    return list(found.select_related("unit").order_by("due_on", "made_at"))


def checklist_standing(units: Collection[Organization]) -> dict[UUID, Standing]:
    """How each unit stands, as counts without names; five queries for any number of units."""
    keys = [one.pk for one in units]
    counted: dict[UUID, dict[str, int]] = {key: {} for key in keys}
    for unit, points in _points(keys).items():
        counted[unit] |= points
    for unit, due_on in FollowUp.objects.filter(unit__in=keys, done_at=None).values_list(
        "unit", "due_on"
    ):
        is_due = due_on is not None and due_on <= timezone.localdate()
        _add(counted[unit], "open_follow_ups", 1)
        _add(counted[unit], "due_follow_ups", int(is_due))
    held = GroupSession.objects.filter(unit__in=keys, state=SessionState.CLOSED)
    for unit in held.values_list("unit", flat=True):
        _add(counted[unit], "sessions", 1)
    return {key: Standing(**each) for key, each in counted.items()}


def _points(units: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """Points that stand in the published checklists only: a point that is gone is not counted."""
    marks = {
        (row[0], row[1], row[2], row[3]): row[4]
        for row in CheckMark.objects.filter(unit__in=units).values_list(
            "unit", "module", "block", "point", "state"
        )
    }
    held = GroupSession.objects.filter(unit__in=units).exclude(state=SessionState.PLANNED)
    pairs = {*held.values_list("unit", "module"), *((key[0], key[1]) for key in marks)}
    listed = _point_ids({module for _unit, module in pairs})
    found: dict[UUID, dict[str, int]] = {}
    for unit, module in pairs:
        each = found.setdefault(unit, {})
        for block, point in listed.get(module, ()):
            _add(each, marks.get((unit, module, block, point), CheckState.NOT_YET), 1)
            _add(each, "points", 1)
    return found


def _point_ids(modules: Collection[UUID]) -> dict[UUID, set[tuple[str, str]]]:
    """Ids are the same in all languages, so any current version tells them."""
    rows = ModuleVersion.objects.filter(module__in=modules, is_current=True)
    found: dict[UUID, set[tuple[str, str]]] = {}
    for module, content in rows.values_list("module", "content"):
        found.setdefault(module, set()).update(
            (block["id"], point["id"])
            for block in checklist_blocks(content)
            for point in block["value"].get("points", [])
        )
    return found


def _add(counted: dict[str, int], key: str, number: int) -> None:
    counted[key] = counted.get(key, 0) + number
