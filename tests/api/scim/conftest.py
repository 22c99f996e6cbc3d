"""A municipality whose directory hands over its employees."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from samtun.learning.actions import directory_tokens
from samtun.organisations.models import Organization
from tests.factories import directory as make
from tests.factories import people

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@dataclass
class Directory:
    """What speaks SCIM on behalf of an employer."""

    employer: Organization
    secret: str

    def ask(self, method: str, path: str, sent: Any = None, **headers: str) -> HttpResponse:  # noqa: ANN401
        """Send a request with the token."""
        return Client().generic(
            method,
            f"/scim/v2/{path}",
            json.dumps(sent) if sent is not None else "",
            content_type="application/scim+json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def make(self, name: str = "Eli Berg", **fields: Any) -> Any:  # noqa: ANN401
        """Create a user as Entra does."""
        given, _space, family = name.rpartition(" ")
        handle = f"{given}.{family}@vang.example".lower().replace(" ", ".")
        sent = {
            "schemas": [USER, ENTERPRISE],
            "userName": handle,
            "externalId": f"object-{handle}",
            "active": True,
            "displayName": name,
            "title": "Sjukepleiar",
            "name": {"givenName": given, "familyName": family, "formatted": name},
            "emails": [{"primary": True, "type": "work", "value": handle}],
            "meta": {"resourceType": "User"},
            ENTERPRISE: {"employeeNumber": "17", "department": "Vang helsetun"},
        }
        answer = self.ask("POST", "Users", sent | fields)
        assert answer.status_code == 201, answer.content
        return answer.json()

    def patch(self, user: str, *operations: dict[str, Any]) -> HttpResponse:
        """Change a user as Entra does."""
        sent = {"schemas": [PATCH], "Operations": list(operations)}
        return self.ask("PATCH", f"Users/{user}", sent)


@pytest.fixture
def directory() -> Directory:
    """The directory of Vang, which has a nursing home and a school."""
    return directory_of("Vang kommune", "3454", "Vang helsetun", "Vang skule")


def directory_of(name: str, number: str, *units: str) -> Directory:
    """A municipality with its units and a token."""
    place = make.municipality(number, name.split()[0])
    employer = make.organization(name=name, municipality=place)
    for unit in units:
        make.organization(name=unit, parent_organization=employer, municipality=place)
    _token, secret = directory_tokens.make(employer=employer, label="Entra", by=people.person())
    return Directory(employer, secret)
