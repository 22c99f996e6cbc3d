"""Organisations are changed only by those who look after them, before and after."""

from dataclasses import replace

import pytest

from samtun.directory.editing.errors import NotYours
from samtun.directory.editing.organisations import (
    OrganizationFacts,
    add_organization,
    change_organization,
)
from samtun.people.enums import RoleKind
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db

HERE = OrganizationFacts("Laget", "", "", "", None, None, "3451", None)


def test_nobody_gives_an_organisation_away_to_where_they_do_not_reach() -> None:
    kari, made = people.person(), make.organization(municipality=make.municipality())
    people.role(kari, RoleKind.COORDINATOR, municipality=make.municipality())
    elsewhere = replace(HERE, municipality_id=make.municipality("3454", "Vang").pk)
    for change in (
        lambda: change_organization(made, facts=elsewhere, by=kari),
        lambda: add_organization(facts=elsewhere, by=kari),
    ):
        with pytest.raises(NotYours):
            change()
    made.refresh_from_db()
    assert made.municipality_id == "3451"
