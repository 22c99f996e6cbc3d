"""What a draft must be to be kept, and what more before anybody agrees on it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtun.events.models import Event
from samtun.learning.actions.plans.errors import Invalid
from samtun.learning.enums import ItemKind, Profession
from samtun.learning.models import Course, Goal, Item, Module, Plan
from samtun.learning.queries.plan_content import Content, GoalContent, ItemContent, RuleContent
from samtun.learning.queries.plan_units import units_for

Problem = tuple[str, str]  # the field, and what is wrong


def check_saved(plan: Plan, content: Content) -> None:
    """Refuse what the tables cannot hold or what points at nothing; a known number of queries.

    Raises:
        Invalid: with all that is wrong.
    """
    _raise(
        [
            *_of_text(content),
            *_too_long(content),
            *(found for n, goal in enumerate(content.goals) for found in _of_goal(n, goal)),
            *(found for n, item in enumerate(content.items) for found in _of_item(n, item)),
            *_of_references(plan, content),
        ]
    )


def check_agreed(plan: Plan, content: Content) -> None:
    """Refuse what is not ready to be agreed on: it has to say what, for whom and by when.

    Raises:
        Invalid: with all that is lacking.
    """
    check_saved(plan, content)
    _raise([*_lacks(content), *_rules_not_ready(content)])


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(**dict(reversed(problems)))


def _of_text(content: Content) -> Iterator[Problem]:
    if not content.title.strip():
        yield "title", _("Give the plan a name.")
    if content.starts_on and content.ends_on and content.ends_on < content.starts_on:
        yield "ends_on", _("The plan ends before it begins.")


def _too_long(content: Content) -> Iterator[Problem]:
    """What the tables have no room for."""
    yield from _longer("", content, Plan)
    for number, goal in enumerate(content.goals):
        yield from _longer(f"goal-{number}-", goal, Goal)
    for number, item in enumerate(content.items):
        yield from _longer(f"item-{number}-", item, Item)


def _longer(prefix: str, of: object, model: type[Model]) -> Iterator[Problem]:
    for field in model._meta.get_fields():
        most = getattr(field, "max_length", None)
        value = getattr(of, field.name, None)
        if most and isinstance(value, str) and len(value) > most:
            yield f"{prefix}{field.name}", _("At most %(most)d characters.") % {"most": most}


def _of_goal(number: int, goal: GoalContent) -> Iterator[Problem]:
    if not goal.text.strip():
        yield f"goal-{number}-text", _("Say what you want to achieve.")


_NAMED = {
    ItemKind.COURSE: ("course", gettext_lazy("Choose a course.")),
    ItemKind.MODULE: ("module", gettext_lazy("Choose a module.")),
    ItemKind.READING: ("url", gettext_lazy("Give the address of what is to be read.")),
}


def _of_item(number: int, item: ItemContent) -> Iterator[Problem]:
    name = f"item-{number}"
    if item.kind not in ItemKind.values:
        yield f"{name}-kind", _("Choose what it is.")
        return
    field, text = _NAMED.get(ItemKind(item.kind), ("title", gettext_lazy("Say what it is.")))
    if not getattr(item, field):
        yield f"{name}-{field}", str(text)
    if not item.title.strip():
        yield f"{name}-title", _("Say what it is.")
    if item.valid_months is not None and not 1 <= item.valid_months <= 120:
        yield f"{name}-valid_months", _("Give a number of months from 1 to 120.")
    for position, rule in enumerate(item.rules):
        yield from _of_rule(f"{name}-rule-{position}", rule)


def _of_rule(name: str, rule: RuleContent) -> Iterator[Problem]:
    if rule.due_on and rule.due_days is not None:
        yield f"{name}-due_on", _("Choose a day or a number of days, not both.")
    if rule.joined_from and rule.joined_until and rule.joined_until < rule.joined_from:
        yield f"{name}-joined_until", _("The last day is before the first.")
    if set(rule.professions) - set(Profession.values):
        yield f"{name}-professions", _("Choose from the list.")


def _of_references(plan: Plan, content: Content) -> Iterator[Problem]:
    """What is chosen must be there; units and events must be the owner's."""
    courses = _there(Course.objects.all(), {one.course for one in content.items})
    modules = _there(Module.objects.all(), {one.module for one in content.items})
    events = _there(Event.objects.all(), {one.event for one in content.items})
    units = _there(units_for(plan), {rule.unit for one in content.items for rule in one.rules})
    for number, item in enumerate(content.items):
        for field, known in (("course", courses), ("module", modules), ("event", events)):
            if getattr(item, field) not in known:
                yield f"item-{number}-{field}", _("It is no longer there. Choose another.")
        for position, rule in enumerate(item.rules):
            if rule.unit not in units:
                name = f"item-{number}-rule-{position}-unit"
                yield name, _("Choose a unit of those whose plan it is.")


def _there(rows: QuerySet[Any], keys: set[UUID | None]) -> set[UUID | None]:
    wanted = keys - {None}
    return {None, *rows.filter(pk__in=wanted).values_list("pk", flat=True)} if wanted else {None}


def _lacks(content: Content) -> Iterator[Problem]:
    if content.starts_on is None:
        yield "starts_on", _("Say when the plan begins.")
    if not content.items:
        yield "items", _("The plan has nothing in it yet.")
    if not content.goals:
        yield "goals", _("Say what you want to achieve: at least one goal.")
    for number, goal in enumerate(content.goals):
        if not goal.indicator.strip():
            yield f"goal-{number}-indicator", _("Say how you will see that it is achieved.")


def _rules_not_ready(content: Content) -> Iterator[Problem]:
    for number, item in enumerate(content.items):
        if not item.rules:
            yield f"item-{number}-rules", _("Say for whom it is.")
        for position, rule in enumerate(item.rules):
            name = f"item-{number}-rule-{position}"
            if rule.unit_to_choose:
                yield f"{name}-unit", _("Choose units of your own.")
            if item.is_required and rule.due_on is None and rule.due_days is None:
                yield f"{name}-due_days", _("Say by when, or make it an offer.")
            if rule.due_on and content.starts_on and rule.due_on < content.starts_on:
                yield f"{name}-due_on", _("The day is before the plan begins.")
