"""Plans on the desk: who sees what, and what each page does."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from samtun.desk.plans import words
from samtun.learning.enums import PlanStatus
from samtun.learning.models import Obligation, Plan, PlanVersion
from samtun.learning.queries.plan_content import RuleContent
from samtun.learning.queries.plan_pages import Names
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import learning, people
from tests.learning.actions.test_plans import agreed, draft, mark, sides

pytestmark = pytest.mark.django_db

OWN_PAGES = (
    "plan", "plan_compare", "plan_edit", "plan_agree", "plan_measure", "plan_archive", "plan_pdf",
    "plan_xlsx", "plan_csv",
)  # fmt: skip


def address(name: str, plan: Plan) -> str:
    return reverse(f"desk:{name}", args=[plan.pk])


def kari(plan: Plan) -> User:
    """Keeps the region."""
    region = make.region("valdres", plan.municipality)
    person = people.person("Kari")
    people.role(person, RoleKind.REGION_EDITOR, region=region)
    return person


def typed(page: Any) -> dict[str, list[str]]:  # noqa: ANN401  (a response)
    """What stands in the boxes of the form, as a browser would send it."""
    html = page.content.decode()
    form = html[html.index('class="st-offer-form') :]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(f'{at}="([^"]*)"', tag) for at in ("name", "value"))
        if name and ('type="checkbox"' not in tag or "checked" in tag):
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = [chosen[1] if chosen else ""]
    for name, text in re.findall(
        r'<textarea name="([^"]+)".*?>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        found[name] = [unescape(text)]
    return found


@pytest.mark.parametrize("name", OWN_PAGES)
def test_whoever_keeps_the_region_opens_every_page(name: str) -> None:
    plan, _leader, _expert = sides()
    assert people.signed_in(kari(plan)).get(address(name, plan)).status_code == 200


def outsider(name: str, plan: Plan) -> User:
    person = people.person(name)
    if name == "Ola":  # the same municipality, another organisation
        other = make.organization(municipality=plan.municipality)
        people.role(person, RoleKind.ORGANISATION_EDITOR, organization=other)
    elif name == "Nils":  # another municipality
        vang = make.municipality("3454", "Vang")
        people.role(person, RoleKind.LEADER, municipality=vang)
    elif name == "Arne":  # an adviser of another centre
        people.role(person, RoleKind.ADVISER, organization=make.organization())
    else:
        unit = make.organization(municipality=plan.municipality)
        people.role(person, RoleKind.EMPLOYEE, organization=unit)
    return person


@pytest.mark.parametrize("who", ["Ola", "Nils", "Arne", "Eli"])
@pytest.mark.parametrize("name", [*OWN_PAGES, "plan_shared", "plan_copy"])
def test_an_outsider_finds_nothing(name: str, who: str) -> None:
    plan, _leader, _expert = sides()
    client = people.signed_in(outsider(who, plan))
    assert client.get(address(name, plan)).status_code == 404


@pytest.mark.parametrize("who", ["Ola", "Nils", "Arne"])
def test_an_outsider_has_no_plan_in_the_list(who: str) -> None:
    plan, _leader, _expert = sides()
    page = people.signed_in(outsider(who, plan)).get(reverse("desk:plans"))
    assert plan.title not in page.content.decode().split("<main")[1]


def test_others_read_the_text_of_a_shared_plan_and_nothing_else() -> None:
    plan, leader, expert = sides()
    agreed(plan, leader, expert)
    Plan.objects.filter(pk=plan.pk).update(is_shared=True)
    client = people.signed_in(outsider("Nils", plan))
    assert client.get(address("plan_shared", plan)).status_code == 200
    assert client.get(address("plan", plan)).status_code == 404


def test_a_draft_is_saved_and_shows_again() -> None:
    plan, _leader, _expert = sides()
    client = people.signed_in(kari(plan))
    boxes = typed(client.get(address("plan_edit", plan)))
    client.post(address("plan_edit", plan), {**boxes, "aim": "Se alle", "do": "save"})
    version = draft(plan)
    assert (version.aim, version.goals.count(), version.items.count()) == ("Se alle", 1, 1)


def test_a_row_more_loses_nothing_that_was_typed() -> None:
    plan, _leader, _expert = sides()
    client = people.signed_in(kari(plan))
    boxes = typed(client.get(address("plan_edit", plan)))
    sent = {**boxes, "aim": "Se alle", "goal-0-baseline": "tolv", "do": "add-goal"}
    again = typed(client.post(address("plan_edit", plan), sent))
    assert (again["aim"], again["goal-0-baseline"]) == (["Se alle"], ["tolv"])
    assert "goal-1-text" in again
    assert draft(plan).aim == ""


def test_what_is_wrong_is_said_and_kept() -> None:
    plan, _leader, _expert = sides()
    client = people.signed_in(kari(plan))
    boxes = typed(client.get(address("plan_edit", plan)))
    sent = {**boxes, "goal-0-baseline": "tolv", "item-0-rule-0-unit": "Ukjent", "do": "save"}
    page = client.post(address("plan_edit", plan), sent)
    again = typed(page)
    assert page.status_code == 422
    assert (again["goal-0-baseline"], again["item-0-rule-0-unit"]) == (["tolv"], ["Ukjent"])
    assert b'href="#id_goal-0-baseline"' in page.content


def test_rows_stand_folded_but_for_what_is_changed_or_wrong() -> None:
    plan, _leader, _expert = sides()
    client = people.signed_in(kari(plan))
    page = client.get(address("plan_edit", plan))
    assert opened(page) == []
    sent = {**typed(page), "goal-0-source": "Journalen", "do": "add-item"}
    page = client.post(address("plan_edit", plan), sent)
    assert opened(page) == ["goal-0", "item-1", "item-1-rule-0"]
    sent = {**typed(page), "item-0-minutes": "-3", "do": "save"}
    assert "item-0" in opened(client.post(address("plan_edit", plan), sent))


def opened(page: Any) -> list[str]:  # noqa: ANN401  (a response)
    """The rows that stand open."""
    html = page.content.decode()
    found = re.findall(r'<details class="st-row st-plan-row" id="([^"]+)" open>', html)
    return [one for one in found if one != "item-0-rule-0"]  # the only rule of its item


def test_a_row_that_saves_is_come_back_to() -> None:
    plan, _leader, _expert = sides()
    client = people.signed_in(kari(plan))
    boxes = typed(client.get(address("plan_edit", plan)))
    answer = client.post(address("plan_edit", plan), {**boxes, "aim": "Se", "do": "save:item-0"})
    assert answer["Location"] == f"{address('plan_edit', plan)}#item-0"
    assert draft(plan).aim == "Se"
    answer = client.post(address("plan_edit", plan), {**boxes, "do": "save://x"})
    assert "x" not in answer.headers.get("Location", "").partition("#")[2]


def test_rules_that_differ_in_nothing_but_the_unit_share_a_line() -> None:
    units = {uuid4(): "Tunet", uuid4(): "Skolen"}
    rules = [RuleContent(key=uuid4(), unit=unit, due_days=90) for unit in units]
    rules.append(RuleContent(key=uuid4(), leaders_only=True, due_days=90))
    with override("en"):
        said = words.together(rules, Names(units=units))
    assert [who for who, _when in said] == ["Tunet, Skolen", "everybody in the plan · leaders only"]


def test_an_adviser_names_their_own_centre_and_never_nobody() -> None:
    plan, _leader, expert = sides()
    client = people.signed_in(expert)
    form = client.get(reverse("desk:plan_new")).context["form"]
    assert [key for key, _name in form.fields["adviser"].choices] == [str(plan.adviser_id)]
    sent = {"title": "Ny", "owner": plan.municipality.number, "adviser": "", "language": "nb"}
    assert client.post(reverse("desk:plan_new"), sent).status_code == 422


def test_rows_are_moved() -> None:
    plan, _leader, _expert = sides()
    client = people.signed_in(kari(plan))
    boxes = typed(client.get(address("plan_edit", plan)))
    boxes = typed(client.post(address("plan_edit", plan), {**boxes, "do": "add-goal"}))
    boxes["goal-1-text"] = ["Andre"]
    boxes = typed(client.post(address("plan_edit", plan), {**boxes, "do": "up-goal:1"}))
    assert (boxes["goal-0-text"], boxes["goal-1-text"]) == (["Andre"], ["Flere blir sett"])


def test_two_who_write_at_once_are_told_and_lose_nothing() -> None:
    plan, _leader, expert = sides()
    first, second = people.signed_in(kari(plan)), people.signed_in(expert)
    mine, theirs = (typed(one.get(address("plan_edit", plan))) for one in (first, second))
    first.post(address("plan_edit", plan), {**mine, "aim": "Mitt mål", "do": "save"})
    page = second.post(address("plan_edit", plan), {**theirs, "aim": "Ditt mål", "do": "save"})
    assert page.status_code == 409
    assert "Mitt mål" in page.content.decode()
    again = typed(page)
    assert again["aim"] == ["Ditt mål"]
    second.post(address("plan_edit", plan), {**again, "do": "save"})
    assert draft(plan).aim == "Ditt mål"


def _seen(client: Client, plan: Plan) -> str:
    html = client.get(address("plan_agree", plan)).content.decode()
    found = re.search(r'name="seen" value="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def test_both_sides_agree_on_the_page_they_read() -> None:
    plan, leader, expert = sides()
    for person, side in ((leader, "owner"), (expert, "adviser")):
        client = people.signed_in(person)
        sent = {"side": side, "seen": _seen(client, plan), "do": "agree"}
        client.post(address("plan_agree", plan), sent)
    assert draft(plan).status == PlanStatus.AGREED


def test_a_page_that_is_old_says_what_is_different_and_agrees_on_nothing() -> None:
    plan, leader, _expert = sides()
    client = people.signed_in(leader)
    seen = _seen(client, plan)
    PlanVersion.objects.filter(plan=plan).update(aim="Noe helt annet")
    page = client.post(address("plan_agree", plan), {"side": "owner", "seen": seen, "do": "agree"})
    assert page.status_code == 409
    assert "Noe helt annet" in page.content.decode()
    assert not draft(plan).agreements.exists()


def test_a_coordinator_agrees_for_nobody() -> None:
    plan, _leader, _expert = sides()
    person = people.person("Kari")
    people.role(person, RoleKind.COORDINATOR, municipality=plan.municipality)
    client = people.signed_in(person)
    assert _seen(client, plan) == ""
    sent = {"side": "owner", "seen": "{}", "do": "agree"}
    client.post(address("plan_agree", plan), sent)
    assert not draft(plan).agreements.exists()


def employees(plan: Plan, count: int) -> None:
    unit = make.organization(municipality=plan.municipality)
    for _number in range(count):
        learning.employment(unit)


def test_before_it_starts_one_sees_how_many_get_what_and_nothing_is_done() -> None:
    plan, leader, expert = sides()
    employees(plan, 6)
    agreed(plan, leader, expert)
    page = people.signed_in(leader).get(address("plan_start", plan))
    assert "6 personer" in page.content.decode() or "6 people" in page.content.decode()
    assert not Obligation.objects.exists()
    assert draft(plan).status == PlanStatus.AGREED


def test_it_starts_when_one_says_yes_to_what_one_saw() -> None:
    plan, leader, expert = sides()
    employees(plan, 6)
    agreed(plan, leader, expert)
    client = people.signed_in(leader)
    told = client.get(address("plan_start", plan)).context["found"].key
    learning.employment(make.organization(municipality=plan.municipality))
    assert client.post(address("plan_start", plan), {"told": told}).status_code == 409
    told = client.get(address("plan_start", plan)).context["found"].key
    client.post(address("plan_start", plan), {"told": told})
    assert (draft(plan).status, Obligation.objects.count()) == (PlanStatus.ACTIVE, 7)


def test_fewer_than_five_are_not_counted() -> None:
    plan, leader, expert = sides()
    employees(plan, 4)
    agreed(plan, leader, expert)
    client = people.signed_in(leader)
    found = client.get(address("plan_start", plan)).context["found"]
    client.post(address("plan_start", plan), {"told": found.key})
    page = people.signed_in(expert).get(address("plan", plan))
    assert not page.context["total"].asked
    assert page.context["months"] == ()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_much_for_one_as_for_thirty(
    count: int,
    django_assert_num_queries: Any,  # noqa: ANN401  (of pytest-django)
) -> None:
    for _number in range(count):
        plan = learning.plan(is_shared=True)
        learning.version(plan)
    region = make.region("valdres", plan.municipality)
    person = people.person("Kari")
    people.role(person, RoleKind.REGION_EDITOR, region=region)
    client = people.signed_in(person)
    client.get(reverse("desk:plans"))
    with django_assert_num_queries(8):
        client.get(reverse("desk:plans"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_much_for_one_item_as_for_thirty(
    count: int,
    django_assert_num_queries: Any,  # noqa: ANN401  (of pytest-django)
) -> None:
    version = learning.version()
    for _number in range(count):
        learning.rule(learning.item(version))
    client = people.signed_in(kari(version.plan))
    client.get(address("plan", version.plan))
    with django_assert_num_queries(15):
        client.get(address("plan", version.plan))


def test_the_page_names_nobody() -> None:
    plan, leader, expert = sides()
    unit = make.organization(municipality=plan.municipality)
    for number in range(6):
        learning.employment(unit, learner=learning.learner(f"Ansatt Nr{number}"))
    version = agreed(plan, leader, expert)
    client = people.signed_in(leader)
    found = client.get(address("plan_start", plan)).context["found"]
    client.post(address("plan_start", plan), {"told": found.key})
    page = people.signed_in(expert).get(address("plan", plan)).content.decode()
    assert "Ansatt Nr" not in page
    assert version.number == 1


def test_figures_are_kept_beside_what_was_agreed() -> None:
    plan, leader, expert = sides()
    version = agreed(plan, leader, expert)
    before = mark(version)
    goal = version.goals.get()
    sent = {"goal_key": goal.key, "measured_on": "2026-01-05", "value": "3,5"}
    people.signed_in(kari(plan)).post(address("plan_measure", plan), sent)
    assert [str(one.value) for one in plan.measurements.all()] == ["3.50"]
    assert mark(draft(plan)) == before


def test_a_copy_says_whose_it_builds_on_and_chooses_its_own_units() -> None:
    plan, leader, expert = sides()
    agreed(plan, leader, expert)
    Plan.objects.filter(pk=plan.pk).update(is_shared=True)
    nils = people.person("Nils")
    vang = make.municipality("3454", "Vang")
    make.region("valdres", vang)
    people.role(nils, RoleKind.COORDINATOR, municipality=vang)
    sent = {"title": "Vår plan", "owner": "3454"}
    people.signed_in(nils).post(address("plan_copy", plan), sent)
    made = Plan.objects.get(title="Vår plan")
    assert (made.municipality, made.copied_from) == (vang, plan)
    assert "Nord-Aurdal" in made.attribution


def test_an_adviser_is_told_to_ask_the_municipality_before_sharing() -> None:
    plan, _leader, expert = sides()
    adviser, keeper = people.signed_in(expert), people.signed_in(kari(plan))
    share = 'name="del" value="ja"'
    assert share not in adviser.get(address("plan", plan)).content.decode()
    adviser.post(address("plan_share", plan), {"del": "ja"})
    assert not Plan.objects.get().is_shared
    assert share in keeper.get(address("plan", plan)).content.decode()
    keeper.post(address("plan_share", plan), {"del": "ja"})
    assert Plan.objects.get().is_shared
