"""A region with Kari, Ola and Nils, for the tests of the desk."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from samtun.directory.models import Service
from samtun.organisations.models import Organization, Region
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import people


@dataclass
class Scene:
    """Valdres of two municipalities, and an organisation in Nord-Aurdal that Kari looks after."""

    region: Region
    owner: Organization
    kari: User
    ola: User
    nils: User

    def service(self, name: str, **fields: Any) -> Service:  # noqa: ANN401  (fields of the model)
        """An offer of the organisation, well kept and confirmed, unless said otherwise."""
        today = timezone.localdate()
        defaults = {
            "organization": self.owner,
            "assurer_email": "post@sentralen.example",
            "assured_date": today - timedelta(days=10),
            "confirm_due_on": today + timedelta(days=170),
        }
        return make.service(name=name, **defaults | fields)

    def in_browser(self, person: User) -> Client:
        """Signed in, with roles read anew."""
        people.forget(person)
        return people.signed_in(person)


def scene() -> Scene:
    """Kari coordinates the region; Ola edits another organisation; Nils coordinates elsewhere."""
    home = make.municipality()
    region = make.region("valdres", home, make.municipality("3454", "Vang"))
    kari, ola, nils = people.person(), people.person("Ola"), people.person("Nils")
    people.role(kari, RoleKind.COORDINATOR, region=region)
    elsewhere = make.organization(municipality=home)
    people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=elsewhere)
    people.role(nils, RoleKind.COORDINATOR, municipality=make.municipality("5001", "Trondheim"))
    return Scene(region, make.organization(municipality=home), kari, ola, nils)
