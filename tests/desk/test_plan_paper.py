"""Plans in files: in the plan's language, totals only, and no formula."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from samtun.learning.enums import ItemKind
from samtun.learning.models import Plan
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


def test_the_paper_is_a_pdf() -> None:
    plan, client = plan_of(6)
    answer = client.get(reverse("desk:plan_pdf", args=[plan.pk]))
    assert answer.content.startswith(b"%PDF-")
