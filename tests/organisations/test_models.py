"""What the database itself refuses."""

import pytest
from django.db import IntegrityError

from samtun.organisations.models import RESERVED_SLUGS, Organization, Region
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_no_region_takes_an_address_of_the_product(slug: str) -> None:
    with pytest.raises(IntegrityError):
        Region.objects.create(slug=slug)


def test_no_organisation_is_its_own_parent() -> None:
    office = make.organization()
    with pytest.raises(IntegrityError):
        Organization.objects.filter(pk=office.pk).update(parent_organization=office.pk)


def test_two_organisations_cannot_have_one_number() -> None:
    make.organization(organization_number="974760673")
    with pytest.raises(IntegrityError):
        make.organization(organization_number="974760673")


def test_any_number_of_organisations_may_lack_a_number() -> None:
    make.organization()
    make.organization()
    assert Organization.objects.filter(organization_number=None).count() == 2
