"""Closing, opening again and deleting the accounts of those who leave."""

from collections.abc import Collection

from django.db import transaction

from samtun.organisations import recent
from samtun.people import audit
from samtun.people.accounts import end_all_sessions
from samtun.people.actions.administrators import nobody_left_out
from samtun.people.actions.roles import drop_card, end_unguarded
from samtun.people.grants import not_over
from samtun.people.models import Invitation, Role, User


@transaction.atomic
def end_roles(*, roles: Collection[Role], by: User | None) -> None:
    """End these roles at once, all or none. Whether `by` may is the caller's to see to.

    Raises:
        LastAdministratorError: something would be without anybody.
    """
    with nobody_left_out(roles):
        for role in roles:
            end_unguarded(role, by=by)


@transaction.atomic
def close(*, person: User, by: User | None) -> None:
    """End all roles and keep the person out; what they did stays in the trail.

    Raises:
        LastAdministratorError: something would be without anybody.
    """
    roles = list(Role.objects.filter(not_over(), person=person).select_related("card"))
    with nobody_left_out(roles):
        for role in roles:
            end_unguarded(role, by=by)
        person.is_active = False
        person.save(update_fields=["is_active"])
        audit.record("account.closed", by=by, about=person)
    end_all_sessions(person)


@transaction.atomic
def reopen(*, person: User, by: User | None) -> None:
    """Let the person in again, without any role."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record("account.reopened", by=by, about=person)


@transaction.atomic
def delete(*, person: User, by: User | None) -> None:
    """Delete the account with its roles and cards; the trail keeps an identifier of nobody.

    Raises:
        LastAdministratorError: something would be without anybody.
    """
    roles = list(person.roles.select_related("card"))
    with nobody_left_out(roles):
        for role in roles:
            drop_card(role)
        audit.record("account.deleted", by=by, about=person)
        end_all_sessions(person)
        # Without a sender they would hold as if the system had sent them.
        Invitation.objects.filter(made_by=person, accepted_at=None).delete()
        User.objects.filter(pk=person.pk).delete()
    transaction.on_commit(recent.forget)
