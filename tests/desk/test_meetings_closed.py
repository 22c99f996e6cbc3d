"""The lists of meeting places, for somebody whose role gives nothing there."""

import pytest
from django.urls import reverse

from samtun.people.enums import RoleKind
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["events", "event_new", "calls", "numbers", "numbers_file"])
def test_an_employee_finds_no_such_page(page: str) -> None:
    employee = people.person()
    people.role(employee, RoleKind.EMPLOYEE, organization=make.organization())
    extra = {"kwargs": {"kind": "csv"}} if page == "numbers_file" else {}
    response = people.signed_in(employee).get(reverse(f"desk:{page}", **extra))
    assert response.status_code == 404
