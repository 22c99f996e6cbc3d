"""All that is stored about a person who works here, for that person."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from samtun.mail.models import Letter
from samtun.people import devices, words
from samtun.people.models import AuditEvent, Role, User

# What other packages know about somebody, by its name in the file; they add it when they start.
MORE: dict[str, Callable[[User], Any]] = {}
_NEWEST = 5000  # of what somebody did; all of it would be a file nobody can open


def passkeys_of(person: User) -> list[str]:
    """The names of the person's passkeys."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return [str(each.data.get("name", "")) for each in found]


def of(person: User) -> dict[str, Any]:
    """Ready for JSON. Nothing secret: no hash, no key, no code; nothing of others."""
    return {
        "account": {
            "id": str(person.id),
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "last_login": person.last_login,
            "has_password": person.has_usable_password(),
        },
        "email_addresses": list(
            EmailAddress.objects.filter(user=person).values("email", "verified", "primary")
        ),
        "second_factors": _second_factors(person),
        "providers": list(
            SocialAccount.objects.filter(user=person).values("provider", "uid", "date_joined")
        ),
        "sessions": _sessions(person),
        "roles": [_role(role) for role in _roles(person)],
        "letters": list(
            Letter.objects.filter(to__iexact=person.email)
            .order_by("posted_at")
            .values("subject", "purpose", "posted_at", "sent_at")
        ),
        "what_i_did": list(
            AuditEvent.objects.filter(actor=person)
            .order_by("-id")
            .values("at", "action", "object_type", "object_id", "object_name")[:_NEWEST]
        ),
    } | {name: told(person) for name, told in MORE.items()}


def _second_factors(person: User) -> list[dict[str, Any]]:
    return [
        {
            "type": each.type,
            "name": str(each.data.get("name", "")),
            "made_at": each.created_at,
            "last_used_at": each.last_used_at,
        }
        for each in Authenticator.objects.filter(user=person).order_by("created_at")
    ]


def _sessions(person: User) -> list[dict[str, Any]]:
    rows = UserSession.objects.filter(user=person).order_by("created_at")
    return [
        {"signed_in_at": row.created_at, "machine": devices.in_words(row.user_agent)}
        for row in rows
    ]


def _roles(person: User) -> list[Role]:
    found = Role.objects.filter(person=person).select_related(
        "region", "municipality", "organization"
    )
    return list(found.order_by("starts_on"))


def _role(role: Role) -> dict[str, Any]:
    return {
        "kind": role.kind,
        "coordinator_kind": role.coordinator_kind,
        "title": role.title,
        "for": words.scope_name(role),
        "starts_on": role.starts_on,
        "ends_on": role.ends_on,
    }
