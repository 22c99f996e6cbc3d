"""A plan from its first draft to its evaluation."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from samtun.learning.actions import plans
from samtun.learning.enums import ItemKind, ObligationState, PlanStatus, Side
from samtun.learning.models import Goal, Item, Plan, PlanVersion, Rule
from samtun.learning.queries.plan_content import (
    Content,
    GoalContent,
    ItemContent,
    RuleContent,
    canonical,
    content_of,
    digest,
    from_canonical,
)
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import events, learning, people

pytestmark = pytest.mark.django_db


def ready(**fields: Any) -> Content:  # noqa: ANN401  (any field)
    """A plan that can be agreed on."""
    rule = RuleContent(key=uuid4(), due_days=30)
    item = ItemContent(key=uuid4(), kind=ItemKind.ACTIVITY, title="Fagdag", rules=(rule,))
    goal = GoalContent(key=uuid4(), text="Flere blir sett", indicator="Andel")
    defaults = {"title": "Plan", "starts_on": date(2027, 1, 1), "goals": (goal,), "items": (item,)}
    return Content(**defaults | fields)


def sides(*, adviser: bool = True) -> tuple[Plan, User, User]:
    """A plan that is ready, its leader and its adviser."""
    centre = make.organization(name="Pårørendesenteret")
    owner = make.municipality()
    plan = plans.make(
        title="Plan", owner=owner, adviser=centre if adviser else None, content=ready(), by=None
    )
    leader, expert = people.person("Lise"), people.person("Arne")
    people.role(leader, RoleKind.LEADER, municipality=owner)
    people.role(expert, RoleKind.ADVISER, organization=centre)
    return plan, leader, expert


def draft(plan: Plan) -> PlanVersion:
    return plan.versions.select_related("plan").order_by("-number")[0]


def mark(version: PlanVersion) -> str:
    return digest(content_of(version))


def agreed(plan: Plan, leader: User, expert: User) -> PlanVersion:
    version = draft(plan)
    plans.agree(version=version, side=Side.OWNER, digest=mark(version), by=leader)
    plans.agree(version=version, side=Side.ADVISER, digest=mark(version), by=expert)
    return draft(plan)


def test_a_plan_is_agreed_on_by_both_and_then_followed() -> None:
    plan, leader, expert = sides()
    version = agreed(plan, leader, expert)
    assert version.status == PlanStatus.AGREED
    plans.activate(version=version, by=leader)
    assert draft(plan).status == PlanStatus.ACTIVE


def test_what_is_written_one_way_reads_back_the_same() -> None:
    content = ready(aim="Å se «alle» – også barna")
    assert from_canonical(canonical(content)) == content


def test_one_yes_is_enough_where_no_resource_centre_is_with_it() -> None:
    plan, leader, _expert = sides(adviser=False)
    version = draft(plan)
    plans.agree(version=version, side=Side.OWNER, digest=mark(version), by=leader)
    assert draft(plan).status == PlanStatus.AGREED


def test_the_first_yes_freezes_the_draft() -> None:
    plan, leader, _expert = sides()
    version = draft(plan)
    plans.agree(version=version, side=Side.OWNER, digest=mark(version), by=leader)
    with pytest.raises(plans.Frozen):
        plans.save(version=version, content=ready(), based_on=mark(version), by=leader)


def test_a_yes_taken_back_makes_it_a_draft_to_change() -> None:
    plan, leader, _expert = sides()
    version = draft(plan)
    plans.agree(version=version, side=Side.OWNER, digest=mark(version), by=leader)
    plans.take_back(version=version, side=Side.OWNER, by=leader)
    plans.save(version=version, content=ready(aim="Mer"), based_on=mark(version), by=leader)
    assert draft(plan).aim == "Mer"


def test_a_yes_is_not_taken_back_when_both_have_agreed() -> None:
    plan, leader, expert = sides()
    version = agreed(plan, leader, expert)
    with pytest.raises(plans.NotPossible):
        plans.take_back(version=version, side=Side.OWNER, by=leader)


def test_nobody_agrees_on_a_page_that_is_no_longer_what_the_plan_says() -> None:
    plan, leader, _expert = sides()
    version = draft(plan)
    seen = mark(version)
    plans.save(version=version, content=ready(aim="Mer"), based_on=seen, by=leader)
    with pytest.raises(plans.Changed):
        plans.agree(version=version, side=Side.OWNER, digest=seen, by=leader)


def test_one_person_never_speaks_for_both_sides() -> None:
    plan, leader, _expert = sides()
    people.role(leader, RoleKind.ADVISER, organization=plan.adviser)
    version = draft(plan)
    plans.agree(version=version, side=Side.OWNER, digest=mark(version), by=leader)
    with pytest.raises(plans.NotPossible):
        plans.agree(version=version, side=Side.ADVISER, digest=mark(version), by=leader)


@pytest.mark.parametrize("kind", [RoleKind.COORDINATOR, RoleKind.ORGANISATION_EDITOR])
def test_only_a_leader_or_region_editor_agrees_for_the_owner(kind: RoleKind) -> None:
    plan, _leader, _expert = sides()
    other = people.person("Ola")
    where = make.organization(municipality=plan.municipality)
    scope = {"municipality": plan.municipality} if kind == RoleKind.COORDINATOR else {}
    people.role(other, kind, **scope or {"organization": where})
    assert not plans.sides_of(other, plan)


def test_a_leader_of_one_municipality_does_not_agree_for_the_region() -> None:
    region = make.region()
    plan = plans.make(title="Plan", owner=region, content=ready(), by=None)
    nils = people.person("Nils")
    people.role(nils, RoleKind.LEADER, municipality=make.municipality())
    assert not plans.sides_of(nils, plan)


def test_a_leader_of_the_resource_centre_is_no_adviser() -> None:
    plan, _leader, _expert = sides()
    other = people.person("Ola")
    people.role(other, RoleKind.LEADER, organization=plan.adviser)
    assert not plans.sides_of(other, plan)


def test_a_system_administrator_speaks_for_nobody() -> None:
    plan, _leader, _expert = sides()
    siv = people.person("Siv")
    people.role(siv, RoleKind.SYSTEM_ADMINISTRATOR)
    assert not plans.sides_of(siv, plan)


def test_what_is_not_ready_is_not_agreed_on() -> None:
    plan, leader, _expert = sides()
    version = draft(plan)
    rule = RuleContent(key=uuid4(), unit_to_choose="Vang helsetun", due_days=30)
    item = replace(ready().items[0], rules=(rule,))
    plans.save(version=version, content=ready(items=(item,)), based_on=mark(version), by=leader)
    with pytest.raises(plans.Invalid) as refused:
        plans.agree(version=version, side=Side.OWNER, digest=mark(version), by=leader)
    assert set(refused.value.errors) == {"item-0-rule-0-unit"}


def test_two_editors_at_once_are_told() -> None:
    plan, leader, expert = sides()
    version = draft(plan)
    began = mark(version)
    plans.save(version=version, content=ready(aim="Mitt"), based_on=began, by=leader)
    with pytest.raises(plans.Changed) as refused:
        plans.save(version=version, content=ready(aim="Ditt"), based_on=began, by=expert)
    assert refused.value.now.aim == "Mitt"


def frozen() -> PlanVersion:
    plan, leader, _expert = sides()
    version = draft(plan)
    plans.agree(version=version, side=Side.OWNER, digest=mark(version), by=leader)
    return draft(plan)


def _new_goal(version: PlanVersion) -> object:
    return Goal.objects.create(version=version, position=9, text="Nytt", indicator="x")


def _new_item(version: PlanVersion) -> object:
    return Item.objects.create(version=version, position=9, kind=ItemKind.ACTIVITY, title="Nytt")


CHANGES = {
    "goal changed": lambda v: v.goals.update(text="Noe annet"),
    "goal gone": lambda v: v.goals.all().delete(),
    "goal new": _new_goal,
    "item changed": lambda v: v.items.update(minutes=600),
    "item gone": lambda v: Item.objects.filter(version=v).delete(),
    "item new": _new_item,
    "rule changed": lambda v: Rule.objects.filter(item__version=v).update(due_days=1),
    "rule gone": lambda v: Rule.objects.filter(item__version=v).delete(),
    "rule new": lambda v: Rule.objects.create(item=v.items.get(), due_days=3),
    "aim": lambda v: PlanVersion.objects.filter(pk=v.pk).update(aim="Noe annet"),
    "ends": lambda v: PlanVersion.objects.filter(pk=v.pk).update(ends_on=date(2030, 1, 1)),
    "digest": lambda v: PlanVersion.objects.filter(pk=v.pk).update(digest="0" * 64),
    "version gone": lambda v: PlanVersion.objects.filter(pk=v.pk).delete(),
    "title": lambda v: Plan.objects.filter(pk=v.plan_id).update(title="Noe annet"),
    "plan gone": lambda v: Plan.objects.filter(pk=v.plan_id).delete(),
    "agreement": lambda v: v.agreements.update(digest="0" * 64),
    "other agreement": lambda v: v.agreements.create(side=Side.ADVISER, digest="0" * 64),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses_to_change_what_was_agreed_on(change: Any) -> None:  # noqa: ANN401
    version = frozen()
    before = canonical(content_of(version))
    with pytest.raises(DatabaseError), transaction.atomic():
        change(version)
    assert canonical(content_of(draft(version.plan))) == before


@pytest.mark.parametrize("name", [name for name in CHANGES if "agreement" not in name])
def test_a_draft_can_be_changed(name: str) -> None:
    plan, _leader, _expert = sides()
    version = draft(plan)
    before = canonical(content_of(version)), mark(version)
    CHANGES[name](version)
    left = PlanVersion.objects.filter(pk=version.pk).select_related("plan").first()
    assert left is None or left.digest or canonical(content_of(left)) != before[0]


def test_a_draft_that_nobody_agreed_on_never_becomes_followed() -> None:
    plan, _leader, _expert = sides()
    version = draft(plan)
    changed = {"status": PlanStatus.ACTIVE, "agreed_at": version.changed_at}
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(**changed)


def test_an_agreed_version_never_becomes_a_draft_again() -> None:
    plan, leader, expert = sides()
    version = agreed(plan, leader, expert)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(status=PlanStatus.DRAFT, digest="")


def test_an_agreement_on_a_settled_version_stays() -> None:
    plan, leader, expert = sides()
    version = agreed(plan, leader, expert)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.agreements.all().delete()


def active(plan: Plan, leader: User, expert: User) -> PlanVersion:
    plans.activate(version=agreed(plan, leader, expert), by=leader)
    return draft(plan)


def test_a_new_version_takes_the_place_of_the_one_before() -> None:
    plan, leader, expert = sides()
    active(plan, leader, expert)
    version = plans.new_version(plan=plan, by=leader)
    plans.save(version=version, content=ready(aim="Mer"), based_on=mark(draft(plan)), by=leader)
    active(plan, leader, expert)
    found = plan.versions.order_by("number").values_list("status", flat=True)
    assert list(found) == [PlanStatus.SUPERSEDED, PlanStatus.ACTIVE]


def test_a_version_starts_once_however_many_press_the_button() -> None:
    plan, leader, expert = sides()
    version = agreed(plan, leader, expert)
    plans.activate(version=version, by=leader)
    with pytest.raises(plans.NotPossible):
        plans.activate(version=version, by=expert)


def test_an_older_version_never_takes_the_place_of_a_newer_one() -> None:
    plan, leader, expert = sides()
    first = agreed(plan, leader, expert)
    plans.new_version(plan=plan, by=leader)
    active(plan, leader, expert)
    with pytest.raises(plans.NotPossible):
        plans.activate(version=first, by=leader)


def test_keys_are_the_same_from_version_to_version() -> None:
    plan, leader, expert = sides()
    before = content_of(active(plan, leader, expert))
    plans.new_version(plan=plan, by=leader)
    after = content_of(draft(plan))
    assert (before.goals, before.items) == (after.goals, after.items)


def test_what_people_have_to_do_begins_and_ends_with_the_plan() -> None:
    plan, leader, expert = sides()
    learning.employment(make.organization(municipality=plan.municipality))
    version = active(plan, leader, expert)
    assert plan.obligations.filter(state=ObligationState.OPEN).count() == 1
    plans.evaluate(version=version, text="Vi vet ikke alt.", by=leader)
    assert not plan.obligations.filter(state=ObligationState.OPEN).exists()


def test_an_evaluation_stays_as_it_was_written() -> None:
    plan, leader, expert = sides()
    version = active(plan, leader, expert)
    plans.evaluate(version=version, text="Vi vet ikke alt.", by=leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(evaluation="Alt gikk bra.")


def test_a_plan_that_is_followed_is_not_put_away() -> None:
    plan, leader, expert = sides()
    active(plan, leader, expert)
    with pytest.raises(plans.NotPossible):
        plans.archive(plan=plan, by=leader)


def test_a_draft_of_a_new_version_can_be_thrown_away() -> None:
    plan, leader, expert = sides()
    active(plan, leader, expert)
    plans.drop_draft(version=plans.new_version(plan=plan, by=leader), by=leader)
    assert plan.versions.count() == 1


def test_a_plan_that_is_not_shared_is_copied_by_nobody_else() -> None:
    plan, leader, expert = sides()
    active(plan, leader, expert)
    with pytest.raises(plans.NotPossible):
        plans.copy(plan=plan, owner=make.municipality("3454", "Vang"), by=leader)


def test_the_resource_centre_alone_does_not_give_a_municipalitys_plan_away() -> None:
    plan, leader, expert = sides()
    active(plan, leader, expert)
    with pytest.raises(plans.NotPossible):
        plans.share(plan=plan, is_shared=True, by=expert)
    with pytest.raises(plans.NotPossible):
        plans.copy(plan=plan, adviser=plan.adviser, is_template=True, by=expert)
    assert not Plan.objects.filter(is_template=True).exists()
    plans.share(plan=plan, is_shared=True, by=leader)
    made = plans.copy(plan=plan, adviser=plan.adviser, is_template=True, by=expert)
    plans.share(plan=made, is_shared=True, by=expert)  # a template is nobody's but theirs
    plans.share(plan=plan, is_shared=False, by=expert)


def test_a_draft_of_others_is_not_copied_though_the_plan_is_shared() -> None:
    plan, leader, _expert = sides()
    plans.share(plan=plan, is_shared=True, by=leader)
    with pytest.raises(plans.NotPossible):
        plans.copy(plan=plan, owner=make.municipality("3454", "Vang"), by=leader)


def test_a_copy_has_units_to_choose_and_none_of_the_figures() -> None:
    plan, leader, expert = sides()
    unit = make.organization(name="Helsetunet", municipality=plan.municipality)
    rule = RuleContent(key=uuid4(), unit=unit.pk, due_on=date(2027, 6, 1))
    goal = replace(ready().goals[0], baseline=Decimal("10.00"))
    content = ready(items=(replace(ready().items[0], rules=(rule,)),), goals=(goal,))
    plans.save(version=draft(plan), content=content, based_on=mark(draft(plan)), by=leader)
    active(plan, leader, expert)
    plans.share(plan=plan, is_shared=True, by=leader)
    made = plans.copy(plan=plan, owner=make.municipality("3454", "Vang"), by=None)
    found = content_of(draft(made))
    copied = found.items[0].rules[0]
    assert (copied.unit, copied.unit_to_choose, copied.due_on) == (None, "Helsetunet", None)
    assert found.goals[0].baseline is None
    assert found.items[0].key != content.items[0].key


def test_a_meeting_deleted_between_two_yeses_is_not_agreed_on_unseen() -> None:
    plan, leader, expert = sides()
    unit = make.organization(municipality=plan.municipality)
    event = events.event(organization=unit)
    meeting = replace(ready().items[0], kind=ItemKind.EVENT, event=event.pk)
    content = ready(items=(meeting,))
    plans.save(version=draft(plan), content=content, based_on=mark(draft(plan)), by=leader)
    plans.agree(version=draft(plan), side=Side.OWNER, digest=mark(draft(plan)), by=leader)
    event.delete()
    with pytest.raises(plans.NotPossible):
        plans.agree(version=draft(plan), side=Side.ADVISER, digest=mark(draft(plan)), by=expert)
    plans.take_back(version=draft(plan), side=Side.OWNER, by=leader)
    assert agreed(plan, leader, expert).status == PlanStatus.AGREED


def test_another_centre_that_copies_a_shared_plan_for_its_owner_gets_no_figures() -> None:
    plan, leader, expert = sides()
    version = active(plan, leader, expert)
    plans.share(plan=plan, is_shared=True, by=leader)
    secret = plans.new_version(plan=version.plan, by=leader)
    content = replace(content_of(secret), starting_point="Bare 12 prosent")
    plans.save(version=secret, content=content, based_on=mark(secret), by=leader)
    nils, other = people.person("Nils"), make.organization(name="Et annet senter")
    people.role(nils, RoleKind.ADVISER, organization=other)
    made = plans.copy(plan=plan, owner=plan.municipality, adviser=other, by=nils)
    found = content_of(draft(made))
    assert (found.starting_point, found.starts_on) == ("", None)


def test_a_unit_of_others_is_not_chosen() -> None:
    plan, leader, _expert = sides()
    unit = make.organization(municipality=make.municipality("3454", "Vang"))
    rule = RuleContent(key=uuid4(), unit=unit.pk, due_days=3)
    content = ready(items=(replace(ready().items[0], rules=(rule,)),))
    with pytest.raises(plans.Invalid) as refused:
        plans.save(version=draft(plan), content=content, based_on=mark(draft(plan)), by=leader)
    assert set(refused.value.errors) == {"item-0-rule-0-unit"}


def test_a_figure_of_a_day_to_come_is_not_kept() -> None:
    plan, leader, _expert = sides()
    goal = draft(plan).goals.get()
    with pytest.raises(plans.Invalid):
        plans.measure(
            plan=plan,
            goal_key=goal.key,
            measured_on=timezone.localdate() + timedelta(days=1),
            value=Decimal(3),
            by=leader,
        )
