# ruff: noqa: ANN401  (the fields of any model pass through)
"""Makes people and their roles for tests: `from tests.factories import people`.

Kari looks after it, Ola works in the same municipality, Nils in another.
"""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.test import Client

from samtun.people.enums import RoleKind
from samtun.people.models import Role, User

_numbers = count(1)


def person(name: str = "Kari Eksempel", **fields: Any) -> User:
    """Somebody with an account, a confirmed address and no role."""
    email = fields.pop("email", None) or f"person{next(_numbers)}@valdres.example"
    made = User.objects.create_user(email=email, name=name, **fields)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def role(person: User, kind: RoleKind, **fields: Any) -> Role:
    """`person` has the role from now on, for the region, municipality or organisation given."""
    forget(person)
    return Role.objects.create(person=person, kind=kind, **fields)


def forget(person: User) -> None:
    """Let the object read its roles anew, as the next request would."""
    vars(person).pop("_grants", None)


def second_factor(person: User) -> User:
    """Give `person` an authenticator app, as roles that see personal data need."""
    if not is_mfa_enabled(person):
        TOTP.activate(person, generate_totp_secret())
    return person


def signed_in(person: User) -> Client:
    """A browser in which `person` has signed in, second factor and all."""
    second_factor(person)
    client = Client()
    client.force_login(person)
    return client
