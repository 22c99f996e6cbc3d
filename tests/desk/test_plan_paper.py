"""Plans in files: in the plan's language, totals only, and no formula."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from samtun.learning.enums import ItemKind, ObligationState
from samtun.learning.models import Obligation, Plan
from samtun.learning.queries import plan_pages
from samtun.people.enums import RoleKind
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
PEOPLE = 10  # the column


def plan_of(count: int) -> tuple[Plan, object]:
    """A plan with an item that so many people have, and a browser of its leader."""
    version = learning.version(
        learning.plan(title="=1+1 plan", language="nn"), aim="@SUM(A1)", starts_on=None
    )
    item = learning.item(version, kind=ItemKind.ACTIVITY, title="Fagdag")
    unit = make.organization(municipality=version.plan.municipality)
    for number in range(count):
        job = learning.employment(unit, learner=learning.learner(f"Ansatt Nr{number}"))
        learning.obligation(job, item)
    leader = people.person("Lise")
    people.role(leader, RoleKind.LEADER, municipality=version.plan.municipality)
    return version.plan, people.signed_in(leader)


def rows_of(plan: Plan, client) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]  # noqa: ANN001  (a client)
    answer = client.get(reverse("desk:plan_csv", args=[plan.pk]))
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_no_cell_is_a_formula() -> None:
    plan, client = plan_of(1)
    cells = [cell for row in rows_of(plan, client) for cell in row.values() if cell]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert "'=1+1 plan" in cells


def test_a_file_speaks_the_language_of_the_plan() -> None:
    plan, client = plan_of(1)
    answer = client.get(reverse("desk:plan_xlsx", args=[plan.pk]))
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    assert sheet["C1"].value == "Kva"


def test_six_people_are_counted_and_nobody_is_named() -> None:
    plan, client = plan_of(6)
    rows = rows_of(plan, client)
    assert [list(row.values())[PEOPLE] for row in rows if row["Kva"] == "Fagdag"] == ["6"]
    assert "Ansatt" not in str(rows)


def test_fewer_than_five_people_are_not_counted() -> None:
    plan, client = plan_of(4)
    rows = rows_of(plan, client)
    assert "4" not in [cell for row in rows for cell in row.values()]


def stand(plan: Plan, done: int, exempt: int) -> None:
    """So many have done it, and so many are exempt."""
    rows = Obligation.objects.filter(plan=plan).select_related("employment__learner").order_by("pk")
    for number, each in enumerate(rows[: done + exempt]):
        each.state = ObligationState.DONE if number < done else ObligationState.EXEMPT
        if number < done:
            each.evidence = learning.evidence(each.employment.learner)
            each.done_on = timezone.localdate()
        each.save()


@pytest.mark.parametrize(
    ("done", "exempt", "told"),
    [(5, 0, ["5", "0", "0"]), (3, 1, ["færre enn 5", "0", "færre enn 5"])],
)
def test_one_to_four_of_many_are_not_counted_out(done: int, exempt: int, told: list[str]) -> None:
    plan, client = plan_of(11)
    stand(plan, done, exempt)
    rows = rows_of(plan, client)
    found = [list(row.values())[PEOPLE:] for row in rows if row["Kva"] == "Fagdag"]
    assert found == [["11", *told, ""]]
    said = client.get(reverse("desk:plan", args=[plan.pk])).content.decode()  # type: ignore[attr-defined]
    assert (f"{told[0]} av 11 har gjort det" in said, "1 er fritatt" in said) == (True, False)


def test_what_few_have_done_cannot_be_worked_out_from_the_sums() -> None:
    plan, _client = plan_of(11)
    stand(plan, 3, 1)
    progress = plan_pages.progress(plan, since=None, today=timezone.localdate())
    assert (progress.total, progress.months) == (plan_pages.Counts(asked=11), ())


def test_the_paper_is_a_pdf() -> None:
    plan, client = plan_of(6)
    answer = client.get(reverse("desk:plan_pdf", args=[plan.pk]))
    assert answer.content.startswith(b"%PDF-")
