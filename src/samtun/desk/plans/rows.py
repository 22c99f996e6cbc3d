"""What was typed into the form of a plan, as rows that can be added, moved and taken away.

Names of boxes: `title`, `goal-0-text`, `item-2-kind`, `item-2-rule-0-due_on`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from samtun.learning.queries.plan_content import Content, GoalContent, ItemContent, RuleContent

Boxes = dict[str, list[str]]  # as typed
_NAME = re.compile(r"(goal|item)-(\d{1,3})-(?:rule-(\d{1,3})-)?([a-z_]+)")
_MOST_ROWS = 200
_PLAN = ("title", "aim", "starting_point", "what_changed", "starts_on", "ends_on")


@dataclass
class ItemRow:
    """The boxes of an item, and those of its rules."""

    boxes: Boxes = field(default_factory=dict)
    rules: list[Boxes] = field(default_factory=list)


@dataclass
class Rows:
    """All boxes of a plan, in order."""

    plan: Boxes = field(default_factory=dict)
    goals: list[Boxes] = field(default_factory=list)
    items: list[ItemRow] = field(default_factory=list)

    def data(self) -> MultiValueDict[str, str]:
        """The boxes under the names they now have."""
        return MultiValueDict(dict(self._named()))

    def changed(self, saved: "Rows") -> set[str]:
        """The goals, items and rules that say something else than `saved`, by how they begin."""
        before = {_key(boxes): boxes for _start, boxes in saved.parts()}
        return {
            start
            for start, boxes in self.parts()
            if _filled(boxes) != _filled(before.get(_key(boxes), {}))
        }

    def parts(self) -> Iterator[tuple[str, Boxes]]:
        """All goals, items and rules, with how the names of their boxes begin."""
        yield from ((f"goal-{number}", goal) for number, goal in enumerate(self.goals))
        for number, item in enumerate(self.items):
            yield f"item-{number}", item.boxes
            for place, rule in enumerate(item.rules):
                yield f"item-{number}-rule-{place}", rule

    def _named(self) -> Iterator[tuple[str, list[str]]]:
        yield from self.plan.items()
        for number, goal in enumerate(self.goals):
            yield from ((f"goal-{number}-{name}", values) for name, values in goal.items())
        for number, item in enumerate(self.items):
            prefix = f"item-{number}-"
            yield from ((f"{prefix}{name}", values) for name, values in item.boxes.items())
            for place, rule in enumerate(item.rules):
                named = f"{prefix}rule-{place}-"
                yield from ((f"{named}{name}", values) for name, values in rule.items())

    def act(self, do: str) -> str:
        """Add, move or take away what the button `do` says; the id of what to look at next.

        Buttons: "add-goal", "add-item", "add-rule:2", "up-item:2", "down-goal:0", "drop-item:2",
        "drop-rule:2:0".
        """
        verb, _, where = do.partition(":")
        act, _, kind = verb.partition("-")
        places = [int(one) for one in where.split(":") if one.isdigit()]
        rows = self._rows(kind, places)
        if rows is None:
            return ""
        return _acted(rows, act, kind, places)

    def _rows(self, kind: str, places: list[int]) -> list[Any] | None:
        if kind == "rule":
            there = places and places[0] < len(self.items)
            return self.items[places[0]].rules if there else None
        named: dict[str, list[Any]] = {"goal": self.goals, "item": self.items}
        return named.get(kind)


def _key(boxes: Boxes) -> str:
    return next(iter(boxes.get("key", ())), "")


def _filled(boxes: Boxes) -> Boxes:
    """What stands in boxes; browsers send lines and empty boxes in a way of their own."""
    plain = {
        name: sorted(one.replace("\r\n", "\n").strip() for one in values)
        for name, values in boxes.items()
    }
    return {name: values for name, values in plain.items() if any(values)}


def _acted(rows: list[Any], act: str, kind: str, places: list[int]) -> str:
    """`rows` are of one kind: boxes, or items."""
    prefix = f"item-{places[0]}-rule" if kind == "rule" else kind
    if act == "add" and len(rows) < _MOST_ROWS:
        rows.append(_new(kind))
        return f"{prefix}-{len(rows) - 1}"
    at = places[-1] if places else len(rows)
    if at >= len(rows):
        return ""
    if act == "drop":
        del rows[at]
        return f"add-{prefix}"
    to = at + {"up": -1, "down": 1}.get(act, 0)
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        return f"{prefix}-{to}"
    return f"{prefix}-{at}"


def _new(kind: str) -> Boxes | ItemRow:
    key = {"key": [str(uuid4())]}
    if kind != "item":
        return key
    required = {"kind": ["course"], "is_required": ["on"], "renew_days": ["60"]}
    return ItemRow(key | required, [{"key": [str(uuid4())], "due_days": ["90"]}])


def rows_in(post: QueryDict) -> Rows:
    """What was typed, in the order of the numbers in the names."""
    found = Rows(plan={name: post.getlist(name) for name in _PLAN if name in post})
    goals: dict[int, Boxes] = {}
    items: dict[int, Boxes] = {}
    rules: dict[int, dict[int, Boxes]] = {}
    for name, values in post.lists():
        if not (match := _NAME.fullmatch(name)):
            continue
        kind, number, rule, box = match[1], int(match[2]), match[3], match[4]
        if rule is not None and kind == "item":
            rules.setdefault(number, {}).setdefault(int(rule), {})[box] = values
        elif rule is None:
            (goals if kind == "goal" else items).setdefault(number, {})[box] = values
    found.goals = [goals[number] for number in sorted(goals)][:_MOST_ROWS]
    for number in sorted(items)[:_MOST_ROWS]:
        of_item = rules.get(number, {})
        found.items.append(ItemRow(items[number], [of_item[one] for one in sorted(of_item)]))
    return found


def rows_of(content: Content, names: Mapping[UUID, str]) -> Rows:
    """The boxes of what is saved; units by their names."""
    return Rows(
        plan=_boxes({name: getattr(content, name) for name in _PLAN}),
        goals=[_goal(goal) for goal in content.goals],
        items=[_item(item, names) for item in content.items],
    )


def _goal(goal: GoalContent) -> Boxes:
    numbers = {name: _number(getattr(goal, name)) for name in ("baseline", "target")}
    return _boxes(vars(goal) | numbers)


def _number(value: object) -> str:
    """A decimal comma, and no nought that says nothing."""
    if value is None:
        return ""
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written).replace(".", ",")


def _item(item: ItemContent, names: Mapping[UUID, str]) -> ItemRow:
    plain = {name: value for name, value in vars(item).items() if name != "rules"}
    return ItemRow(_boxes(plain), [_rule(rule, names) for rule in item.rules])


def _rule(rule: RuleContent, names: Mapping[UUID, str]) -> Boxes:
    unit = names.get(rule.unit, "") if rule.unit else ""
    return _boxes(vars(rule) | {"unit": unit, "professions": None}) | {
        "professions": list(rule.professions)
    }


def _boxes(values: dict[str, object]) -> Boxes:
    return {name: [_written(value)] for name, value in values.items() if value not in (None, False)}


def _written(value: object) -> str:
    return "on" if value is True else str(value)
