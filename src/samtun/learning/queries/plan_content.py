"""What a version of a plan says, as one value: to draft it, compare it and agree on it.

`canonical` writes it in exactly one way, and `digest` is the SHA-256 of that: the mark that a page
shows and an agreement keeps.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from samtun.learning.models import Goal, Item, PlanVersion, Rule

_PLACES = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class GoalContent:
    """What is to be achieved, and how one will see it; the fields of `models.Goal`."""

    key: UUID
    text: str
    indicator: str = ""
    unit_of_measure: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    measured_on: date | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleContent:
    """For whom and by when; the fields of `models.Rule`."""

    key: UUID
    unit: UUID | None = None
    unit_to_choose: str = ""
    professions: tuple[str, ...] = ()
    leaders_only: bool = False
    joined_from: date | None = None
    joined_until: date | None = None
    due_on: date | None = None
    due_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class ItemContent:
    """Something that people do; the fields of `models.Item`."""

    key: UUID
    kind: str
    title: str
    description: str = ""
    course: UUID | None = None
    module: UUID | None = None
    event: UUID | None = None
    url: str = ""
    is_together: bool = False
    is_required: bool = True
    minutes: int = 0
    valid_months: int | None = None
    renew_days: int = 60
    follows_revisions: bool = False
    rules: tuple[RuleContent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that the two sides agree on."""

    title: str
    aim: str = ""
    starting_point: str = ""
    what_changed: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    goals: tuple[GoalContent, ...] = ()
    items: tuple[ItemContent, ...] = ()


_GOAL = tuple(name for name in GoalContent.__annotations__ if name != "key")
_RULE = tuple(RuleContent.__annotations__)
_ITEM = tuple(ItemContent.__annotations__)


def content_of(version: PlanVersion) -> Content:
    """What `version` says now; three queries, its plan loaded along."""
    rules: dict[UUID, list[Rule]] = {}
    found = Rule.objects.filter(item__version=version).order_by("position", "key")
    for rule in found:
        rules.setdefault(rule.item_id, []).append(rule)
    items = Item.objects.filter(version=version).order_by("position", "key")
    goals = Goal.objects.filter(version=version).order_by("position", "key")
    return Content(
        title=version.plan.title,
        aim=version.aim,
        starting_point=version.starting_point,
        what_changed=version.what_changed,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        goals=tuple(_goal(goal) for goal in goals),
        items=tuple(_item(item, rules.get(item.pk, ())) for item in items),
    )


def _goal(goal: Goal) -> GoalContent:
    return GoalContent(key=goal.key, **{name: getattr(goal, name) for name in _GOAL})


def _item(item: Item, rules: Iterable[Rule]) -> ItemContent:
    plain = {name: getattr(item, name) for name in _ITEM if name not in _REFERENCES}
    return ItemContent(
        **plain,
        course=item.course_id,
        module=item.module_id,
        event=item.event_id,
        rules=tuple(_rule(rule) for rule in rules),
    )


_REFERENCES = frozenset({"course", "module", "event", "rules"})


def _rule(rule: Rule) -> RuleContent:
    plain = {name: getattr(rule, name) for name in _RULE if name not in {"unit", "professions"}}
    return RuleContent(**plain, unit=rule.unit_id, professions=tuple(sorted(rule.professions)))


def canonical(content: Content) -> str:
    """The one way to write `content`: equal contents give equal texts, and only they."""
    return json.dumps(
        asdict(content),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=_plain,
    )


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value.quantize(_PLACES))
    return value.isoformat() if isinstance(value, date) else str(value)


def digest(content: Content) -> str:
    """The mark of what was agreed on: SHA-256 of `canonical`."""
    return sha256(canonical(content).encode()).hexdigest()


def from_canonical(text: str) -> Content:
    """The content that was written as `text`.

    Raises:
        ValueError: it is no such text.
    """
    try:
        read = json.loads(text)
        goals = tuple(GoalContent(**_typed(each)) for each in read.pop("goals"))
        items = tuple(_read_item(each) for each in read.pop("items"))
        return Content(**_typed(read), goals=goals, items=items)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(text[:40]) from error


def _read_item(read: dict[str, Any]) -> ItemContent:
    rules = tuple(
        RuleContent(**_typed(each) | {"professions": tuple(each["professions"])})
        for each in read.pop("rules")
    )
    return ItemContent(**_typed(read), rules=rules)


_DATES = frozenset(
    {"baseline_on", "measured_on", "joined_from", "joined_until", "due_on", "starts_on", "ends_on"}
)
_NUMBERS = frozenset({"baseline", "target"})
_KEYS = frozenset({"key", "unit", "course", "module", "event"})


def _typed(read: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in read.items()}


def _value(name: str, value: Any) -> Any:  # noqa: ANN401  (JSON)
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _NUMBERS:
        return Decimal(value)
    return UUID(value) if name in _KEYS else value


def with_new_keys(content: Content) -> Content:
    """The same with keys of its own, for another plan: what is done in one counts in one."""
    goals = tuple(GoalContent(**vars(goal) | {"key": uuid4()}) for goal in content.goals)
    items = tuple(
        ItemContent(
            **vars(item)
            | {
                "key": uuid4(),
                "rules": tuple(RuleContent(**vars(one) | {"key": uuid4()}) for one in item.rules),
            }
        )
        for item in content.items
    )
    return Content(**vars(content) | {"goals": goals, "items": items})
