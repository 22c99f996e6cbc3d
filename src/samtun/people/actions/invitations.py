"""Inviting somebody to a role, and what becomes of it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from samtun.people import audit
from samtun.people.accounts import open_account
from samtun.people.actions import accounts, invitation_letter, roles
from samtun.people.actions.roles import PositionFields, about_role, position_of, require_giving
from samtun.people.addresses import has_address, person_at
from samtun.people.errors import InvitationGoneError, NotYoursToGiveError, WrongAccountError
from samtun.people.invitations import is_open
from samtun.people.models import Invitation, Role, User

HOLDS = timedelta(days=14)


@transaction.atomic
def invite(*, email: str, position: PositionFields, language: str, by: User | None) -> Invitation:
    """Offer a role by letter. An open invitation to the same is renewed instead of doubled.

    Raises:
        NotYoursToGiveError: it reaches further than what `by` may give.
    """
    invitation = Invitation(
        email=email.strip(), language=language, made_by=by, expires_at=_expiry(), **position
    )
    require_giving(invitation, by)
    if waiting := _waiting(invitation):
        waiting.title, waiting.language = position["title"], language
        return _sent(waiting, by=by)
    return _sent(invitation, by=by)


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> Invitation:
    """Post a new letter with a new link; the old link no longer holds.

    Raises:
        InvitationGoneError: it was accepted or withdrawn.
        NotYoursToGiveError: `by` may not give the role.
    """
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationGoneError
    return _sent(invitation, by=by)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """Take the offer back; its link no longer holds.

    Raises:
        InvitationGoneError: it was accepted already.
        NotYoursToGiveError: `by` may not give the role.
    """
    invitation = _locked(invitation)
    require_giving(invitation, by)
    if invitation.accepted_at:
        raise InvitationGoneError
    invitation.withdrawn_at = invitation.withdrawn_at or timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    audit.record("invitation.withdrawn", by=by, about=invitation, details=about_role(invitation))


@transaction.atomic
def accept(*, invitation: Invitation, token: str, by: User) -> Role:
    """Give the role to `by`, who has signed in. Only once, and only to the invited address.

    Raises:
        InvitationGoneError: it no longer holds, or whoever sent it may not give it any more.
        WrongAccountError: `by` has another address.
    """
    invitation = _open(invitation, token)
    if not has_address(by, invitation.email):
        raise WrongAccountError
    return _accepted(invitation, by)


@transaction.atomic
def accept_as_new(*, invitation: Invitation, token: str, name: str, password: str) -> User:
    """Make an account for the invited address, whose owner has the letter, with the role.

    An account that was closed is opened again, with the new password and no role but this one.

    Raises:
        InvitationGoneError: it no longer holds.
        WrongAccountError: there is an open account with the address; then sign in instead.
    """
    invitation = _open(invitation, token)
    person = person_at(invitation.email)
    if person is None:
        person = open_account(
            email=invitation.email, name=name, language=invitation.language, password=password
        )
    elif person.is_active:
        raise WrongAccountError
    else:
        person.name = name
        person.set_password(password)
        person.save(update_fields=["name", "password"])
        accounts.reopen(person=person, by=invitation.made_by)
    _accepted(invitation, person)
    return person


def _accepted(invitation: Invitation, person: User) -> Role:
    try:
        role = roles.give(person=person, position=position_of(invitation), by=invitation.made_by)
    except NotYoursToGiveError as error:  # they have left, or have less than they had
        raise InvitationGoneError from error
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    audit.record("invitation.accepted", by=person, about=invitation, details=about_role(invitation))
    return role


def _sent(invitation: Invitation, *, by: User | None) -> Invitation:
    require_giving(invitation, by)
    invitation.made_by, invitation.expires_at = by, _expiry()
    invitation.save()
    invitation_letter.send(invitation)
    audit.record("invitation.sent", by=by, about=invitation, details=about_role(invitation))
    return invitation


def _expiry() -> datetime:
    return timezone.now() + HOLDS


def _open(invitation: Invitation, token: str) -> Invitation:
    invitation = _locked(invitation)
    if not is_open(invitation, token):
        raise InvitationGoneError
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_related("region", "municipality", "organization", "made_by")
    return rows.select_for_update(of=("self",)).get(pk=invitation.pk)


def _waiting(invitation: Invitation) -> Invitation | None:
    return Invitation.objects.filter(
        email__iexact=invitation.email,
        kind=invitation.kind,
        coordinator_kind=invitation.coordinator_kind,
        region=invitation.region,
        municipality=invitation.municipality,
        organization=invitation.organization,
        accepted_at=None,
        withdrawn_at=None,
    ).first()
