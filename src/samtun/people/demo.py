"""The invented people of `samtun demo`: made from a plain file, and shown so that one can try.

Nothing here does anything unless `settings.DEMO` is on, which only `samtun demo` sets.
"""

import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise

from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Region, RegionContact
from samtun.people.enums import ROLE_DESCRIPTIONS, RoleKind
from samtun.people.models import Role, User


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to sign in as. `code` is the authenticator's of this half minute."""

    name: str
    email: str
    password: str
    code: str
    title: str
    role: RoleKind
    about: Promise


def people() -> list[DemoPerson]:
    """Whom one can sign in as now; nobody outside the demo."""
    if not settings.DEMO:
        return []
    told = _read()
    found = {user.email: user for user in User.objects.filter(email__in=[*_entries(told)])}
    return [
        _shown(found[email], entry, told["password"])
        for email, entry in _entries(told).items()
        if email in found
    ]


@transaction.atomic
def load() -> int:
    """Make those of the file who are not there yet; returns how many. The region must be there."""
    told = _read()
    known = set(User.objects.values_list("email", flat=True))
    missing = [entry for email, entry in _entries(told).items() if email not in known]
    for entry in missing:
        _make(entry, told["password"])
    return len(missing)


def _read() -> dict[str, Any]:
    return tomllib.loads((Path(settings.EXAMPLE_DIR) / "people.toml").read_text(encoding="utf-8"))


def _entries(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["email"]: entry for entry in told["person"]}


def _shown(user: User, entry: dict[str, Any], password: str) -> DemoPerson:
    first = entry["role"][0]
    kind = RoleKind(first["kind"])
    return DemoPerson(
        name=user.name,
        email=user.email,
        password=password,
        code=_code_now(user),
        title=first.get("title", ""),
        role=kind,
        about=ROLE_DESCRIPTIONS[kind],
    )


def _code_now(user: User) -> str:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is None:
        return ""
    counter = int(time.time()) // mfa_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(decrypt(found.data["secret"]), counter)))


def _make(entry: dict[str, Any], password: str) -> None:
    user = User.objects.create_user(
        email=entry["email"], password=password, name=entry["name"], language=entry["language"]
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    TOTP.activate(user, generate_totp_secret())
    for role in entry["role"]:
        _give(user, role)


def _give(user: User, entry: dict[str, Any]) -> None:
    region = Region.objects.get(slug="valdres")
    organization = entry.get("organization")
    Role.objects.create(
        person=user,
        kind=entry["kind"],
        coordinator_kind=entry.get("coordinator_kind", ""),
        title=entry.get("title", ""),
        region=region if entry.get("region") else None,
        municipality_id=entry.get("municipality"),
        organization_id=derived_id("organization", region.slug, organization)
        if organization
        else None,
        card=RegionContact.objects.filter(region=region, name=user.name).first()
        if entry.get("card")
        else None,
    )
