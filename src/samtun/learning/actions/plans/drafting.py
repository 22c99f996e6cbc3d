"""Making a plan, and writing its draft."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.actions.plans.checking import check_saved
from samtun.learning.actions.plans.errors import Changed, Frozen, Invalid, NotPossible
from samtun.learning.actions.plans.owning import require_yes_of_owner
from samtun.learning.enums import PlanStatus
from samtun.learning.models import Goal, Item, Plan, PlanVersion, Rule
from samtun.learning.queries.plan_content import Content, content_of, digest
from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality, Organization, Region
from samtun.people import audit
from samtun.people.models import User

Owner = Municipality | Region


@transaction.atomic
def make(
    *,
    title: str,
    by: User | None,
    owner: Owner | None = None,
    adviser: Organization | None = None,
    language: str = Language.BOKMAL,
    is_template: bool = False,
    is_example: bool = False,
    content: Content | None = None,
) -> Plan:
    """A plan with an empty draft, or with `content`. Without an owner it is a template.

    Raises:
        Invalid: it has no title, or neither an owner nor is a template.
    """
    if not title.strip():
        raise Invalid(title=_("Give the plan a name."))
    if owner is None and not is_template:
        raise Invalid(owner=_("Choose whose plan it is."))
    plan = Plan.objects.create(
        title=title.strip()[:200],
        language=language,
        municipality=owner if isinstance(owner, Municipality) else None,
        region=owner if isinstance(owner, Region) else None,
        adviser=adviser,
        is_template=is_template,
        is_example=is_example,
    )
    version = PlanVersion.objects.create(plan=plan, number=1)
    if content:
        write(version, replace(content, title=plan.title))
    audit.record("plan.made", by=by, about=plan)
    return plan


@transaction.atomic
def save(*, version: PlanVersion, content: Content, based_on: str, by: User | None) -> PlanVersion:
    """Write the draft as `content` says; `based_on` is the digest of what the editor began with.

    Raises:
        Frozen: somebody has agreed on it.
        Changed: the draft says something else than what the editor began with.
        Invalid: something in it cannot be kept.
    """
    version = locked(version)
    if version.is_frozen:
        raise Frozen
    now = content_of(version)
    if digest(now) != based_on:
        raise Changed(now)
    check_saved(version.plan, content)
    if digest(content) != based_on:
        write(version, content)
        audit.record("plan.changed", by=by, about=version.plan, details={"version": version.number})
    return version


@transaction.atomic
def new_version(*, plan: Plan, by: User | None) -> PlanVersion:
    """A draft that says what the newest version says, to change and agree on anew.

    Raises:
        NotPossible: there is a draft already, or the plan is archived.
    """
    plan = locked_plan(plan)
    if plan.archived_at:
        raise NotPossible(_("The plan is archived. Bring it back first."))
    newest = plan.versions.select_related("plan").order_by("-number").first()
    if newest and newest.status == PlanStatus.DRAFT:
        raise NotPossible(_("There is a draft of a new version already."))
    number = newest.number + 1 if newest else 1
    version = PlanVersion.objects.create(plan=plan, number=number)
    if newest:
        write(version, replace(content_of(newest), what_changed=""))
    audit.record("plan.new_version", by=by, about=plan, details={"version": number})
    return version


@transaction.atomic
def drop_draft(*, version: PlanVersion, by: User | None) -> None:
    """Throw away a draft of a new version; the one before stays as it is.

    Raises:
        Frozen: somebody has agreed on it.
        NotPossible: it is the only version.
    """
    version = locked(version)
    if version.is_frozen:
        raise Frozen
    if not version.plan.versions.exclude(pk=version.pk).exists():
        raise NotPossible(_("It is the only version. Archive the plan instead."))
    audit.record("plan.dropped", by=by, about=version.plan, details={"version": version.number})
    version.delete()


@transaction.atomic
def share(*, plan: Plan, is_shared: bool, by: User | None) -> None:
    """Whether others may read the plan and copy it; never its figures or progress.

    Raises:
        NotPossible: it would be shared by the resource centre alone.
    """
    plan = locked_plan(plan)
    if is_shared:
        require_yes_of_owner(plan, by)
    if plan.is_shared != is_shared:
        Plan.objects.filter(pk=plan.pk).update(is_shared=is_shared)
        audit.record("plan.shared" if is_shared else "plan.unshared", by=by, about=plan)


def locked_plan(plan: Plan) -> Plan:
    """The plan read anew; others who would change it wait."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def locked(version: PlanVersion) -> PlanVersion:
    """The version read anew with its plan locked: one lock for all that is done to a plan."""
    plan = locked_plan(version.plan)
    found = PlanVersion.objects.get(pk=version.pk)
    found.plan = plan
    return found


def write(version: PlanVersion, content: Content) -> None:
    """Put `content` in the place of what the draft says; a known number of queries."""
    _write_text(version, content)
    version.goals.all().delete()
    version.items.all().delete()
    Goal.objects.bulk_create(
        Goal(version=version, position=position, **vars(goal))
        for position, goal in enumerate(content.goals)
    )
    items, rules = _rows(version, content)
    Item.objects.bulk_create(items)
    Rule.objects.bulk_create(rules)


def _write_text(version: PlanVersion, content: Content) -> None:
    for name in ("aim", "starting_point", "what_changed", "starts_on", "ends_on"):
        setattr(version, name, getattr(content, name))
    version.changed_at = timezone.now()
    version.save()
    if version.plan.title != content.title:
        _rename(version.plan, content.title)


def _rename(plan: Plan, title: str) -> None:
    """The name stays once somebody has agreed on a version."""
    if plan.versions.exclude(digest="").exists():
        raise Invalid(title=_("The name stays, since a version of the plan has been agreed on."))
    plan.title = title
    plan.save(update_fields=["title"])


_REFERENCES = {"course", "module", "event", "rules"}


def _rows(version: PlanVersion, content: Content) -> tuple[list[Item], list[Rule]]:
    items, rules = [], []
    for position, each in enumerate(content.items):
        plain = {name: value for name, value in vars(each).items() if name not in _REFERENCES}
        item = Item(
            version=version,
            position=position,
            course_id=each.course,
            module_id=each.module,
            event_id=each.event,
            **plain,
        )
        items.append(item)
        for number, rule in enumerate(each.rules):
            values = vars(rule) | {"professions": list(rule.professions)}
            rules.append(Rule(item=item, position=number, unit_id=values.pop("unit"), **values))
    return items, rules
