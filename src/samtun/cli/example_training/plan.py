"""The plan of Valdres: agreed on over a year ago, followed, measured, and about to be renewed."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from samtun.cli.example_training.told import Entry, day, key, moment, person, read, unit, unit_key
from samtun.events.models import Event
from samtun.learning.actions import obligations, plans
from samtun.learning.actions.plans.checking import check_agreed
from samtun.learning.enums import PlanStatus, Side
from samtun.learning.models import Agreement, Course, Employment, Module, Plan, PlanVersion
from samtun.learning.queries.plan_content import (
    Content,
    GoalContent,
    ItemContent,
    RuleContent,
    content_of,
    digest,
    with_new_keys,
)
from samtun.organisations.models import Region

_PLAIN = (
    "kind", "title", "description", "url", "is_together", "is_required", "minutes", "valid_months",
    "renew_days",
)  # fmt: skip


def owner_address() -> str:
    """Who says yes for the region."""
    address: str = read("plan.toml")["owner_person"]
    return address


def load() -> Plan:
    """The plan, followed since it began; obligations as they were when people came under it."""
    told = read("plan.toml")
    made = plans.make(
        title=told["title"], owner=Region.objects.get(slug="valdres"),
        adviser=unit(told["adviser"]), is_example=True, content=_content(told),
        by=person(told["adviser_person"]),
    )  # fmt: skip
    Plan.objects.filter(pk=made.pk).update(made_at=moment(day(told["agreed"] - 40)))
    _agree(made.versions.get(), told)
    _measure(made, told)
    _begin(made, told)
    return made


def load_next(plan: Plan) -> None:
    """The draft of what comes after, and a template for others to begin with."""
    told = read("plan.toml")
    by = person(told["adviser_person"])
    version = plans.new_version(plan=plan, by=by)
    before = content_of(version)
    draft = told["draft"]
    wanted = replace(
        before,
        aim=draft["aim"],
        what_changed=draft["what_changed"],
        items=(*before.items, *(_item(entry, told["units"]) for entry in draft["item"])),
    )
    plans.save(version=version, content=wanted, based_on=digest(before), by=by)
    _template(told)


def _content(told: Entry) -> Content:
    return Content(
        title=told["title"],
        aim=told["aim"],
        starting_point=told["starting_point"],
        starts_on=day(told["starts"]),
        ends_on=day(told["ends"]),
        goals=tuple(_goal(entry) for entry in told["goal"]),
        items=tuple(_item(entry, told["units"]) for entry in told["item"]),
    )


def _goal(entry: Entry) -> GoalContent:
    return GoalContent(
        key=key("goal", entry["key"]),
        text=entry["text"],
        indicator=entry["indicator"],
        unit_of_measure=entry["unit_of_measure"],
        baseline=Decimal(entry["baseline"]),
        baseline_on=day(entry["baseline_day"]),
        target=Decimal(entry["target"]),
        measured_on=day(entry["measured_day"]),
        source=entry["source"],
    )


def _item(entry: Entry, units: Entry) -> ItemContent:
    plain: dict[str, Any] = {name: entry[name] for name in _PLAIN if name in entry}
    rules = (
        _rule(rule, f"{entry['key']}/{number}", name)
        for number, rule in enumerate(entry["rule"])
        for name in _units(rule, units)
    )
    return ItemContent(
        key=key("item", entry["key"]),
        course=Course.objects.get(slug=entry["course"]).pk if "course" in entry else None,
        module=Module.objects.get(slug=entry["module"]).pk if "module" in entry else None,
        event=_event(entry.get("event", "")),
        rules=tuple(rules),
        **plain,
    )


def _event(slug: str) -> UUID | None:
    found = Event.objects.filter(slug=slug).first() if slug else None
    return found.pk if found else None


def _units(rule: Entry, units: Entry) -> list[str]:
    """The units that a rule names by their kinds; one without is for all."""
    return [name for kind in rule["units"] for name in units[kind]] if "units" in rule else [""]


def _rule(rule: Entry, place: str, name: str) -> RuleContent:
    return RuleContent(
        key=key("rule", place, name),
        unit=unit_key(name) if name else None,
        professions=tuple(sorted(rule.get("professions", ()))),
        leaders_only=rule.get("leaders_only", False),
        joined_from=_on(rule.get("joined_from")),
        joined_until=_on(rule.get("joined_until")),
        due_on=_on(rule.get("due")),
        due_days=rule.get("due_days"),
    )


def _on(offset: int | None) -> date | None:
    return None if offset is None else day(offset)


def _agree(version: PlanVersion, told: Entry) -> None:
    """What both sides' yes and the start wrote, with the moments of then."""
    content = content_of(version)
    check_agreed(version.plan, content)
    at, began = moment(day(told["agreed"])), moment(day(told["starts"]), "06:00")
    version.digest = digest(content)
    version.save(update_fields=["digest"])
    sides = ((Side.ADVISER, told["adviser_person"]), (Side.OWNER, told["owner_person"]))
    for side, email in sides:
        by = person(email)
        Agreement.objects.create(
            version=version, side=side, person=by, person_name=by.name, digest=version.digest,
            agreed_at=at,
        )  # fmt: skip
    version.status, version.agreed_at, version.activated_at = PlanStatus.ACTIVE, at, began
    version.changed_at = at
    version.save()


def _measure(plan: Plan, told: Entry) -> None:
    by = person(told["adviser_person"])
    for goal in told["goal"]:
        for offset, value, *note in goal["measured"]:
            plans.measure(
                plan=plan, goal_key=key("goal", goal["key"]), measured_on=day(offset),
                value=Decimal(value), note=" ".join(note), by=by,
            )  # fmt: skip


def _begin(plan: Plan, told: Entry) -> None:
    """Everybody who was there when it began, then those who came, as the lists do: once a month."""
    began = day(told["starts"])
    obligations.recompute(plan, today=began)
    came = Employment.objects.filter(joined_on__gt=began, joined_on__lte=day(0))
    months: dict[tuple[int, int], list[Employment]] = defaultdict(list)
    for job in came.order_by("joined_on"):
        months[job.joined_on.year, job.joined_on.month].append(job)
    for jobs in months.values():
        obligations.follow_all(jobs, today=jobs[-1].joined_on)


def _template(told: Entry) -> None:
    entry = told["template"]
    whole = _content(told)
    goals = {key("goal", name) for name in entry["goals"]}
    items = [key("item", name) for name in entry["items"]]
    content = Content(
        title=entry["title"],
        aim=entry["aim"],
        starting_point=entry["starting_point"],
        goals=tuple(_bare(goal) for goal in whole.goals if goal.key in goals),
        items=tuple(_general(i, entry["due_days"]) for i in whole.items if i.key in items),
    )
    made = plans.make(
        title=entry["title"], adviser=unit(told["adviser"]), is_template=True, is_example=True,
        content=with_new_keys(content), by=person(told["adviser_person"]),
    )  # fmt: skip
    plans.share(plan=made, is_shared=True, by=person(told["adviser_person"]))


def _bare(goal: GoalContent) -> GoalContent:
    """Without the figures of Valdres."""
    return replace(goal, baseline=None, baseline_on=None, target=None, measured_on=None, source="")


def _general(item: ItemContent, due_days: int) -> ItemContent:
    """For the same professions in any municipality."""
    first = item.rules[0]
    due = due_days if item.is_required else None
    rule = RuleContent(
        key=first.key, professions=first.professions, leaders_only=first.leaders_only, due_days=due
    )
    return replace(item, event=None, rules=(rule,))
