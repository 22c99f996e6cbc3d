"""Reads what obligations are worked out from, for many at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samtun.learning.actions.obligations.facts import Asked, Decided, Done, Job, Row, What, Who
from samtun.learning.enums import DecisionKind, ItemKind, Learnt, PlanStatus
from samtun.learning.models import (
    Decision,
    Employment,
    Evidence,
    Item,
    Obligation,
    Plan,
    PlanVersion,
    Rule,
)
from samtun.organisations.models import Municipality, Organization

Key = tuple[UUID, UUID, UUID]  # a plan, a job or learner, and an item
ROW = (
    "id", "employment_id", "item_key", "rule_key", "cycle", "why", "is_required", "opened_on",
    "due_on", "state", "evidence_id", "done_on", "valid_until", "ended_on",
)  # fmt: skip
_JOB = (
    "id", "learner_id", "unit_id", "profession", "is_leader", "joined_on", "unit_since", "left_on",
)  # fmt: skip
_DONE = (
    "learner_id", "kind", "course_id", "module_id", "item_key", "id", "done_on", "edition",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """A unit: all above it and itself, and where the nearest of them says that it lies."""

    lineage: frozenset[UUID]
    municipality: str
    region: UUID | None


class Tree:
    """Units and what is above them; all at once, or as far up as some units need."""

    def __init__(self, units: Collection[UUID] | None = None) -> None:
        self._rows: dict[UUID, tuple[UUID | None, str | None, UUID | None]] = {}
        self._known: dict[UUID, Where] = {}
        rows = Organization.objects.values_list(
            "pk", "parent_organization_id", "municipality_id", "region_id"
        )
        if units is None:
            self._take(rows)
            return
        missing = set(units)
        while missing:
            self._take(rows.filter(pk__in=missing))
            parents = {row[0] for row in self._rows.values() if row[0]}
            missing = parents - self._rows.keys()

    def _take(self, rows: Iterable[tuple[UUID, UUID | None, str | None, UUID | None]]) -> None:
        for pk, parent, municipality, region in rows:
            self._rows[pk] = (parent, municipality, region)

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._rows)

    def where(self, unit: UUID) -> Where:
        """Where `unit` is in the tree; a tree that bites its tail ends there."""
        if unit not in self._known:
            self._known[unit] = self._find(unit)
        return self._known[unit]

    def _find(self, unit: UUID) -> Where:
        lineage: list[UUID] = []
        step: UUID | None = unit
        while step is not None and step not in lineage:
            lineage.append(step)
            step = self._rows[step][0]
        numbers = (self._rows[one][1] for one in lineage)
        regions = (self._rows[one][2] for one in lineage)
        return Where(
            frozenset(lineage), next(filter(None, numbers), ""), next(filter(None, regions), None)
        )


def plans_asked(plans: Collection[UUID]) -> list[Asked]:
    """The plans as they are today, in six queries."""
    found = list(Plan.objects.filter(pk__in=plans))
    alive = [plan.pk for plan in found if not (plan.archived_at or plan.is_template)]
    active = PlanVersion.objects.filter(plan__in=alive, status=PlanStatus.ACTIVE)
    versions = {version.plan_id: version for version in active}
    items = _items(versions.values())
    numbers = _numbers({plan.region_id for plan in found if plan.region_id})
    return [
        Asked(
            id=plan.pk,
            municipalities=frozenset(filter(None, [plan.municipality_id]))
            | numbers.get(plan.region_id, frozenset()),
            region=plan.region_id,
            starts_on=versions[plan.pk].starts_on if plan.pk in versions else None,
            items=tuple(items[versions[plan.pk].pk]) if plan.pk in versions else (),
        )
        for plan in found
    ]


def _numbers(regions: Collection[UUID]) -> dict[UUID | None, frozenset[str]]:
    found: dict[UUID | None, set[str]] = defaultdict(set)
    rows = Municipality.objects.filter(regions__in=regions).values_list("regions", "number")
    for region, number in rows if regions else ():
        found[region].add(number)
    return {region: frozenset(each) for region, each in found.items()}


def _items(versions: Collection[PlanVersion]) -> dict[UUID, list[What]]:
    found: dict[UUID, list[What]] = defaultdict(list)
    rules = _rules(versions)
    rows = Item.objects.filter(version__in=versions).select_related("course", "module")
    for item in rows.order_by("position", "pk"):
        if item.pk in rules:
            found[item.version_id].append(_what(item, rules[item.pk]))
    return found


def _what(item: Item, rules: Sequence[Who]) -> What:
    course = item.course if item.kind == ItemKind.COURSE else None
    module = item.module if item.kind == ItemKind.MODULE else None
    edition = course.edition if course else module.edition if module else 1
    return What(
        key=item.key,
        course=course.pk if course else None,
        module=module.pk if module else None,
        edition=edition,
        is_required=item.is_required,
        valid_months=item.valid_months,
        renew_days=item.renew_days,
        follows_revisions=item.follows_revisions and bool(course or module),
        rules=tuple(rules),
    )


def _rules(versions: Collection[PlanVersion]) -> dict[UUID, list[Who]]:
    """By item, in the order of the plan."""
    began = _began([version.plan_id for version in versions])
    found: dict[UUID, list[Who]] = defaultdict(list)
    rows = Rule.objects.filter(item__version__in=versions, unit_to_choose="")
    for rule in rows.select_related("unit", "item__version").order_by("position", "pk"):
        since = began[rule.item.version.plan_id, rule.key, rule.due_on, rule.due_days]
        found[rule.item_id].append(_who(rule, since))
    return found


def _who(rule: Rule, began_on: date) -> Who:
    return Who(
        key=rule.key,
        unit=rule.unit_id,
        unit_name=rule.unit.name if rule.unit else "",
        professions=frozenset(rule.professions),
        leaders_only=rule.leaders_only,
        joined_from=rule.joined_from,
        joined_until=rule.joined_until,
        due_on=rule.due_on,
        due_days=rule.due_days,
        began_on=began_on,
    )


_Spec = tuple[UUID, UUID, date | None, int | None]


def _began(plans: Collection[UUID]) -> dict[_Spec, date]:
    """When a version with the rule and the same date was first active."""
    rows = Rule.objects.filter(
        item__version__plan__in=plans, item__version__activated_at__isnull=False
    ).values_list(
        "item__version__plan_id", "key", "due_on", "due_days", "item__version__activated_at"
    )
    found: dict[_Spec, date] = {}
    for plan, key, due_on, due_days, activated_at in rows:
        day = timezone.localdate(activated_at)
        spec = (plan, key, due_on, due_days)
        found[spec] = min(day, found.get(spec, day))
    return defaultdict(timezone.localdate, found)


def employments_of(plan: Asked, tree: Tree) -> QuerySet[Employment]:
    """Jobs that the plan may hit, and those that it has hit."""
    in_force = Obligation.objects.filter(
        employment=OuterRef("pk"), plan=plan.id, ended_on__isnull=True
    )
    return Employment.objects.filter(Q(unit__in=_units(plan, tree)) | Exists(in_force))


def _units(plan: Asked, tree: Tree) -> list[UUID]:
    rules = [rule for item in plan.items for rule in item.rules]
    if not rules:
        return []
    for_all = any(rule.unit is None for rule in rules)
    roots = {rule.unit for rule in rules}
    return [unit for unit in tree if for_all or roots & tree.where(unit).lineage]


def jobs(employments: QuerySet[Employment], tree: Tree | None = None) -> list[Job]:
    """The jobs as they are now; `tree` when it has been read for more of them."""
    rows = list(employments.values_list(*_JOB))
    tree = tree or Tree({row[2] for row in rows})
    return [
        Job(key, learner, at.lineage, at.municipality, at.region, *rest)
        for key, learner, unit, *rest in rows
        for at in (tree.where(unit),)
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """What there is already about some jobs: rows, evidence and decisions."""

    rows: Mapping[Key, list[Row]]  # plan, job, item; by cycle
    done: Mapping[tuple[UUID, UUID], list[Done]]  # learner, course | module | item key
    counted: Mapping[Key, list[Done]]  # plan, learner, item: earlier learning
    lost: frozenset[UUID]  # earlier learning that no longer counts
    decided: Mapping[Key, Decided] = field(default_factory=dict)

    def of(self, plan: UUID, job: Job, item: What) -> list[Done]:
        """All evidence of `item` that counts for `job`."""
        of = item.course or item.module or item.key
        own = self.done.get((job.learner, of), [])
        return own + self.counted.get((plan, job.learner, item.key), [])


def known(some: Collection[Job], plans: Collection[Asked]) -> Known:
    """In three queries."""
    asked = [plan.id for plan in plans]
    keys, learners = [job.id for job in some], {job.learner for job in some}
    done = _done(learners, [item for plan in plans for item in plan.items])
    decided, counted, lost = _decided(learners, asked)
    return Known(_rows(keys, asked), done, counted, lost, decided)


def _rows(jobs: Collection[UUID], plans: Collection[UUID]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    rows = Obligation.objects.filter(employment__in=jobs, plan__in=plans)
    for plan, *fields in rows.order_by("cycle").values_list("plan_id", *ROW):
        row = Row(*fields)
        found[plan, row.employment, row.item_key].append(row)
    return found


def _done(learners: Collection[UUID], items: Sequence[What]) -> dict[tuple[UUID, UUID], list[Done]]:
    found: dict[tuple[UUID, UUID], list[Done]] = defaultdict(list)
    courses = Q(course__in={item.course for item in items if item.course})
    modules = Q(module__in={item.module for item in items if item.module}, kind="module")
    others = Q(item_key__in={item.key for item in items if not (item.course or item.module)})
    rows = Evidence.objects.filter(courses | modules | others, learner__in=learners)
    for learner, kind, course, module, item_key, *rest in rows.exclude(
        learnt=Learnt.EQUIVALENT
    ).values_list(*_DONE):
        of = {"course": course, "module": module}.get(kind, item_key)
        if of:
            found[learner, of].append(Done(*rest))
    return found


def _decided(learners: Collection[UUID], plans: Collection[UUID]) -> tuple[
    dict[Key, Decided],
    dict[Key, list[Done]],
    frozenset[UUID],
]:  # fmt: skip
    """Decisions by plan, job and item; earlier learning by plan, learner and item; and the lost."""
    decided: dict[Key, dict[str, object]] = defaultdict(dict)
    counted: dict[Key, list[Done]] = defaultdict(list)
    lost = set()
    rows = Decision.objects.filter(employment__learner__in=learners, plan__in=plans)
    for one in rows.select_related("employment", "evidence"):
        place = (one.plan_id, one.employment_id, one.item_key)
        stands = one.withdrawn_at is None
        if one.kind == DecisionKind.EQUIVALENT and one.evidence:
            if stands:
                done = Done(one.evidence.pk, one.evidence.done_on, one.evidence.edition)
                counted[one.plan_id, one.employment.learner_id, one.item_key].append(done)
            else:
                lost.add(one.evidence.pk)
        elif stands and one.kind == DecisionKind.EXEMPT:
            decided[place] |= {"exempt": True, "exempt_until": one.until}
        elif stands and one.kind == DecisionKind.EXTENDED:
            decided[place] |= {"extended_until": one.until}
    still = {done.id for each in counted.values() for done in each}
    made = {place: Decided(**each) for place, each in decided.items()}  # type: ignore[arg-type]
    return made, counted, frozenset(lost - still)
