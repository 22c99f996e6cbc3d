"""Making a plan from another's, and saying whose work it builds on."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samtun.learning.actions.plans.drafting import Owner, make, write
from samtun.learning.actions.plans.errors import NotPossible
from samtun.learning.actions.plans.owning import require_yes_of_owner
from samtun.learning.models import Plan
from samtun.learning.queries.plan_content import (
    Content,
    RuleContent,
    content_of,
    with_new_keys,
)
from samtun.learning.queries.plan_pages import owner_name, shown_version
from samtun.learning.queries.plan_units import units_for
from samtun.learning.rules import HOLDERS
from samtun.organisations.models import Organization
from samtun.people.grants import grants_of
from samtun.people.models import User

_LONGEST = 300


@transaction.atomic
def copy(
    *,
    plan: Plan,
    by: User | None,
    owner: Owner | None = None,
    adviser: Organization | None = None,
    title: str = "",
    is_template: bool = False,
) -> Plan:
    """A new plan with a draft that says what `plan` says, for `owner` or as a template.

    To others than its own owner, and by others than those who compose it, a plan is copied only
    when it is shared or a template: the version that was agreed on (of a template its text),
    without figures, days and events. A unit that is not the new owner's becomes a unit to choose.

    Raises:
        NotPossible: the plan is not shared, or has nothing to copy; or a resource centre would make
            a template of what is a municipality's.
    """
    plan = Plan.objects.select_related("municipality", "region", "adviser").get(pk=plan.pk)
    is_own = owner is not None and owner == (plan.municipality or plan.region) and _is_of(plan, by)
    if not is_own:
        _require_leave(plan, by, is_template=is_template)
    version = shown_version(plan, also_draft=is_own or plan.is_template)
    if version is None:
        raise NotPossible(_("The plan has nothing to copy yet."))
    content = with_new_keys(content_of(version))
    content = content if is_own else _for_others(content)
    made = make(
        title=title.strip() or plan.title,
        language=plan.language,
        owner=owner,
        adviser=adviser,
        is_template=is_template,
        by=by,
    )
    _write(made, replace(content, title=made.title, what_changed=""))
    _attribute(made, plan)
    return made


def _require_leave(plan: Plan, by: User | None, *, is_template: bool) -> None:
    if plan.is_shared or plan.is_template:
        return
    if not is_template:
        raise NotPossible(_("The plan is not shared, so it can't be copied."))
    require_yes_of_owner(plan, by)


def _is_of(plan: Plan, by: User | None) -> bool:
    """Whether it is theirs to compose: a resource centre can make a plan for any municipality."""
    return by is None or plan.place in grants_of(by).reach(HOLDERS["learning.change_plan"])


def _write(made: Plan, content: Content) -> None:
    version = made.versions.select_related("plan").get()
    write(version, _with_own_units(made, content))


def _attribute(made: Plan, source: Plan) -> None:
    """Whose work it is stays visible also through copies of copies."""
    who = _("«%(title)s», %(owner)s") % {"title": source.title, "owner": owner_name(source)}
    chain = " · ".join(filter(None, (who, source.attribution)))
    made.copied_from, made.attribution = source, chain[:_LONGEST]
    made.save(update_fields=["copied_from", "attribution"])


def _for_others(content: Content) -> Content:
    """Without what is only true of those whose plan it was."""
    goals = [
        replace(goal, baseline=None, baseline_on=None, target=None, measured_on=None)
        for goal in content.goals
    ]
    items = [
        replace(item, event=None, rules=tuple(replace(one, due_on=None) for one in item.rules))
        for item in content.items
    ]
    return replace(
        content,
        starting_point="",
        starts_on=None,
        ends_on=None,
        goals=tuple(goals),
        items=tuple(items),
    )


def _with_own_units(plan: Plan, content: Content) -> Content:
    """Units that are not the owner's become units to choose, with what they were called."""
    keys = {rule.unit for item in content.items for rule in item.rules if rule.unit}
    own = set(units_for(plan).filter(pk__in=keys).values_list("pk", flat=True))
    names = dict(Organization.objects.filter(pk__in=keys - own).values_list("pk", "name"))
    items = [
        replace(item, rules=tuple(_rule(one, names) for one in item.rules))
        for item in content.items
    ]
    return replace(content, items=tuple(items))


def _rule(rule: RuleContent, names: dict[UUID, str]) -> RuleContent:
    """A template has units to choose for whoever takes it."""
    if rule.unit not in names:
        return rule
    return replace(rule, unit=None, unit_to_choose=names[rule.unit])
