"""What the pages and papers about plans read; nobody's name is in any of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import TruncMonth

from samtun.events.models import Event
from samtun.learning.enums import ObligationState, PlanStatus
from samtun.learning.models import (
    CourseVersion,
    Measurement,
    ModuleVersion,
    Obligation,
    Plan,
    PlanVersion,
)
from samtun.learning.queries.plan_content import Content
from samtun.learning.rules import HOLDERS
from samtun.organisations.models import Organization, Region
from samtun.people.grants import Person, grants_of

FEWEST = 5  # people; of fewer nothing is shown
_MOST_MONTHS = 36
_VERSIONS: "Prefetch[str]" = Prefetch("versions", PlanVersion.objects.order_by("-number"))
_WITH_OWNER = ("municipality", "region", "adviser", "copied_from")


def plans_of(person: Person, permission: str = "learning.view_plan") -> QuerySet[Plan]:
    """The plans and templates over which `person` has `permission`; one condition in SQL."""
    reach = grants_of(person).reach(HOLDERS[permission])
    if not reach:
        return Plan.objects.none()
    if reach.everything:
        return Plan.objects.all()
    shared_by = Region.objects.filter(municipalities__in=reach.municipalities)
    condition = reach.condition_of_area() | Q(adviser__in=reach.organizations)
    return Plan.objects.filter(condition | Q(region__in=shared_by.values("pk")))


def to_copy() -> QuerySet[Plan]:
    """What anybody who works with plans may read and copy: shared plans, and shared templates.

    Of a plan only a version that was agreed on; see `shown_version`.
    """
    agreed = PlanVersion.objects.filter(plan=OuterRef("pk")).exclude(status=PlanStatus.DRAFT)
    ready = Q(is_template=True) | Exists(agreed)
    return Plan.objects.filter(ready, is_shared=True, archived_at__isnull=True)


def with_versions(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """The same with owner and versions loaded, newest version first; by name."""
    found = plans.select_related(*_WITH_OWNER).prefetch_related(_VERSIONS)
    return found.order_by("title", "pk")


def plan_with(key: UUID) -> Plan | None:
    """The plan with its owner and versions, if there is one."""
    return with_versions(Plan.objects.filter(pk=key)).first()


def owner_name(plan: Plan) -> str:
    """Whose it is, in the plan's language; of a template whoever made it."""
    if plan.region:
        return plan.region.name(plan.language).value
    return str(plan.municipality or plan.adviser or "")


def shown_version(plan: Plan, *, also_draft: bool = False) -> PlanVersion | None:
    """The version followed now, else the newest that was agreed on, else, if wanted, the draft."""
    versions = sorted(plan.versions.all(), key=lambda one: -one.number)
    for one in versions:
        one.plan = plan
    wanted = [one for one in versions if also_draft or one.status != PlanStatus.DRAFT]
    active = [one for one in wanted if one.status == PlanStatus.ACTIVE]
    settled = [one for one in wanted if one.status != PlanStatus.DRAFT]
    return next(iter((*active, *settled, *wanted)), None)


@dataclass(frozen=True, slots=True)
class Names:
    """What the things are called that contents point at."""

    units: dict[UUID, str] = field(default_factory=dict)
    courses: dict[UUID, str] = field(default_factory=dict)
    modules: dict[UUID, str] = field(default_factory=dict)
    events: dict[UUID, str] = field(default_factory=dict)


def names_in(contents: Iterable[Content], language: str) -> Names:
    """Of all that `contents` point at; four queries however much that is."""
    items = [item for content in contents for item in content.items]
    units = {rule.unit for item in items for rule in item.rules if rule.unit}
    return Names(
        units=dict(Organization.objects.filter(pk__in=units).values_list("pk", "name")),
        courses=course_titles({one.course for one in items if one.course}, language),
        modules=module_titles({one.module for one in items if one.module}, language),
        events=dict(
            Event.objects.filter(pk__in={one.event for one in items if one.event}).values_list(
                "pk", "name"
            )
        ),
    )


def course_titles(keys: Collection[UUID] | None, language: str) -> dict[UUID, str]:
    """Titles of courses by key, of all that can be taken when `keys` is None; one query."""
    rows = CourseVersion.objects.filter(is_current=True)
    rows = (
        rows.filter(course__withdrawn_at__isnull=True)
        if keys is None
        else rows.filter(course__in=keys)
    )
    found = rows.values_list("course", "language", KT("content__title"), "course__language")
    return _best(found, language)


def module_titles(keys: Collection[UUID] | None, language: str) -> dict[UUID, str]:
    """The same for modules."""
    rows = ModuleVersion.objects.filter(is_current=True)
    rows = (
        rows.filter(module__withdrawn_at__isnull=True)
        if keys is None
        else rows.filter(module__in=keys)
    )
    found = rows.values_list("module", "language", KT("content__title"), "module__language")
    return _best(found, language)


def _best(rows: Iterable[tuple[UUID, str, str, str]], language: str) -> dict[UUID, str]:
    """In the reader's language, else the original's, else any; by title."""
    ranked: dict[UUID, tuple[int, str]] = {}
    for key, spoken, title, original in rows:
        rank = 0 if spoken == language else 1 if spoken == original else 2
        ranked[key] = min(ranked.get(key, (3, "")), (rank, title))
    return {key: title for key, (_rank, title) in sorted(ranked.items(), key=lambda one: one[1][1])}


def is_told(count: int) -> bool:
    """Whether `count` people may be told: one to four could be pointed at."""
    return count == 0 or count >= FEWEST


@dataclass(frozen=True, slots=True)
class Counts:
    """How an item stands; a person whose item comes again is counted where they are now."""

    asked: int = 0
    done: int = 0
    late: int = 0
    exempt: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether enough people have it that nobody can be recognised."""
        return self.asked >= FEWEST

    @property
    def share(self) -> int:
        """Per cent done of those who are not exempt; 0 when few have done it."""
        if not is_told(self.done):
            return 0
        count = self.asked - self.exempt
        return round(100 * self.done / count) if count > 0 else 0


@dataclass(frozen=True, slots=True)
class Month:
    """How much was done, and how much was due, by the end of a month."""

    first: date
    done: int
    due: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How a plan stands: only items that at least `FEWEST` people have."""

    items: dict[UUID, Counts] = field(default_factory=dict)
    months: tuple[Month, ...] = ()

    @property
    def total(self) -> Counts:
        """All figures that are told, so that what is hidden can't be worked out."""
        shown = [one for one in self.items.values() if one.is_shown]
        return Counts(
            sum(one.asked for one in shown),
            sum(one.done for one in shown if is_told(one.done)),
            sum(one.late for one in shown if is_told(one.late)),
            sum(one.exempt for one in shown if is_told(one.exempt)),
        )


def progress(plan: Plan, *, since: date | None, today: date) -> Progress:
    """How `plan` stands today, and how it got there; three queries."""
    rows = Obligation.objects.filter(plan=plan).exclude(state=ObligationState.ENDED)
    later = rows.filter(
        employment=OuterRef("employment"),
        item_key=OuterRef("item_key"),
        cycle__gt=OuterRef("cycle"),
    )
    is_late = Q(state=ObligationState.OPEN, is_required=True, due_on__lt=today)
    counted = (
        rows.filter(~Exists(later))
        .values("item_key")
        .annotate(
            asked=Count("pk"),
            done=Count("pk", filter=Q(state=ObligationState.DONE)),
            late=Count("pk", filter=is_late),
            exempt=Count("pk", filter=Q(state=ObligationState.EXEMPT)),
        )
        .order_by()
    )
    items = {
        row["item_key"]: Counts(row["asked"], row["done"], row["late"], row["exempt"])
        for row in counted
    }
    shown = [key for key, one in items.items() if one.is_shown and is_told(one.done)]
    return Progress(items, _months(rows.filter(item_key__in=shown), since, today) if shown else ())


def _months(rows: QuerySet[Obligation], since: date | None, today: date) -> tuple[Month, ...]:
    due_rows = rows.filter(is_required=True).exclude(state=ObligationState.EXEMPT)
    done = _by_month(rows.filter(state=ObligationState.DONE), "done_on")
    due = _by_month(due_rows, "due_on")
    first = min([since or today, *done])
    wanted = _month_list(first, max(today, min([*due], default=today)))
    before = [sum(n for day, n in each.items() if day < wanted[0]) for each in (done, due)]
    sums = [
        [start + n for n in accumulate(each.get(day, 0) for day in wanted)]
        for start, each in zip(before, (done, due), strict=True)
    ]
    points = zip(wanted, *sums, strict=True)
    return tuple(Month(day, so_far, wished) for day, so_far, wished in points)[-_MOST_MONTHS:]


def _by_month(rows: QuerySet[Obligation], name: str) -> dict[date, int]:
    counted = (
        rows.filter(**{f"{name}__isnull": False})
        .values_list(TruncMonth(name))
        .annotate(count=Count("pk"))
        .order_by()
    )
    return {day: count for day, count in counted if day}


def _month_list(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers] or [last.replace(day=1)]


def measurements_of(plan: Plan) -> dict[UUID, list[Measurement]]:
    """The figures of each goal, oldest first; one query."""
    found: dict[UUID, list[Measurement]] = {}
    for each in Measurement.objects.filter(plan=plan).order_by("measured_on"):
        found.setdefault(each.goal_key, []).append(each)
    return found


def chosen(versions: Sequence[PlanVersion], number: int) -> PlanVersion | None:
    """The version of that number."""
    return next((one for one in versions if one.number == number), None)
