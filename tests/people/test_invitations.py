"""Inviting somebody: by letter, for one address, once."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from samtun.mail.models import Letter
from samtun.people.actions import accounts, invitations, roles, tidying
from samtun.people.enums import RoleKind
from samtun.people.errors import InvitationGoneError, NotYoursToGiveError
from samtun.people.invitations import token_of
from samtun.people.models import AuditEvent, Invitation, Role, User
from tests.factories import directory as make
from tests.factories import people
from tests.people.test_roles import editor, position

pytestmark = pytest.mark.django_db
NILS = "nils@gol.example"
NEW = {"name": "Nils Prøve", "password": "en lang og grei setning"}


@pytest.fixture
def kari() -> User:
    """Looks after Valdres."""
    return editor(make.region())


def invited(kari: User, **fields: object) -> Invitation:
    """Nils is asked to be a leader in the region of Kari."""
    region = kari.roles.get().region
    return invitations.invite(
        email=NILS, position=position(RoleKind.LEADER, region=region), language="nn", by=kari
    )


def link(invitation: Invitation) -> str:
    """The path of the link."""
    return f"/konto/invitasjon/{token_of(invitation)}/"


def test_the_letter_has_the_link_and_who_asks(kari: User) -> None:
    invitation = invited(kari)
    letter = Letter.objects.get(to=NILS)
    assert link(invitation) in letter.text
    assert "Kari Eksempel" in letter.text
    assert letter.language == "nn"
    assert letter.purpose == "account.invitation"


def test_the_link_names_nobody(kari: User) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}\.\d+~[\w-]+", token_of(invited(kari)))


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(kari: User, method: str) -> None:
    invitation = invited(kari)
    before = AuditEvent.objects.count()
    assert getattr(Client(), method)(link(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not User.objects.filter(email=NILS).exists()
    assert AuditEvent.objects.count() == before


def test_somebody_new_gets_an_account_with_the_invited_address(kari: User) -> None:
    invitation = invited(kari)
    answer = Client().post(link(invitation), NEW)
    assert answer.status_code == 302
    nils = User.objects.get(email=NILS)
    assert nils.name == "Nils Prøve"
    assert EmailAddress.objects.get(user=nils).verified
    assert nils.roles.get().kind == RoleKind.LEADER
    assert AuditEvent.objects.filter(action="invitation.accepted", actor=nils).exists()


def test_a_poor_password_is_refused(kari: User) -> None:
    answer = Client().post(link(invited(kari)), NEW | {"password": "kort"})
    assert answer.status_code == 200
    assert not User.objects.filter(email=NILS).exists()


def test_a_link_is_used_once(kari: User) -> None:
    invitation = invited(kari)
    Client().post(link(invitation), NEW)
    assert Client().post(link(invitation), NEW | {"name": "Ola"}).status_code == 410
    assert Role.objects.filter(kind=RoleKind.LEADER).count() == 1


def test_whoever_has_an_account_signs_in_and_accepts(kari: User) -> None:
    nils = people.person("Nils", email=NILS.capitalize())
    invitation = invited(kari)
    page = Client().get(link(invitation)).content.decode()
    assert f"?next={link(invitation)}" in page
    assert Client().post(link(invitation), NEW).status_code == 200
    assert not nils.roles.exists()
    people.signed_in(nils).post(link(invitation))
    assert nils.roles.get().kind == RoleKind.LEADER


def test_a_forwarded_link_gives_nothing_to_another_account_and_says_so(kari: User) -> None:
    ola = people.person("Ola", email="ola@valdres.example")
    invitation = invited(kari)
    client = people.signed_in(ola)
    page = client.get(link(invitation)).content.decode()
    assert "ola@valdres.example" in page
    assert NILS in page
    client.post(link(invitation), NEW)
    assert not ola.roles.exists()
    assert not User.objects.filter(email=NILS).exists()


def test_an_address_one_has_not_proved_is_not_ones_own(kari: User) -> None:
    ola = people.person("Ola")
    EmailAddress.objects.create(user=ola, email=NILS, verified=False)
    people.signed_in(ola).post(link(invited(kari)))
    assert not ola.roles.exists()


def test_an_additional_proved_address_counts(kari: User) -> None:
    ola = people.person("Ola")
    EmailAddress.objects.create(user=ola, email=NILS, verified=True)
    people.signed_in(ola).post(link(invited(kari)))
    assert ola.roles.exists()


def test_an_old_a_withdrawn_and_a_strange_link_give_nothing(kari: User) -> None:
    invitation = invited(kari)
    old = link(invitation)
    invitations.send_again(invitation=invitation, by=kari)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    invitation.refresh_from_db()
    assert Client().get(old).status_code == 410
    assert Client().get(link(invitation)).status_code == 410
    assert Client().get(old.replace("~", "~x")).status_code == 404
    other = invited(kari)
    invitations.withdraw(invitation=other, by=kari)
    assert Client().post(link(other), NEW).status_code == 410


def test_an_invitation_from_somebody_who_has_left_gives_nothing(kari: User) -> None:
    editor(kari.roles.get().region, "Guri")
    invitation = invited(kari)
    accounts.close(person=kari, by=None)
    assert Client().post(link(invitation), NEW).status_code == 410
    assert not User.objects.filter(email=NILS).exists()


def test_an_invitation_from_somebody_who_is_deleted_gives_nothing(kari: User) -> None:
    editor(kari.roles.get().region, "Guri")
    invitation = invited(kari)
    address = link(invitation)
    accounts.delete(person=kari, by=None)
    assert Client().post(address, NEW).status_code in (404, 410)
    assert not User.objects.filter(email=NILS).exists()


def test_a_closed_account_opens_with_the_new_role_only(kari: User) -> None:
    nils = people.person("Nils", email=NILS)
    people.role(nils, RoleKind.COORDINATOR, region=kari.roles.get().region)
    accounts.close(person=nils, by=kari)
    Client().post(link(invited(kari)), NEW)
    nils.refresh_from_db()
    assert nils.is_active
    assert [role.kind for role in nils.roles.filter(ends_on=None)] == [RoleKind.LEADER]


def test_a_second_invitation_to_the_same_renews_the_first(kari: User) -> None:
    first = invited(kari)
    second = invited(kari)
    assert second.pk == first.pk
    assert Letter.objects.count() == 2


def test_nobody_invites_to_more_than_they_have(kari: User) -> None:
    with pytest.raises(NotYoursToGiveError):
        invitations.invite(
            email=NILS, position=position(RoleKind.SYSTEM_ADMINISTRATOR), language="nb", by=kari
        )
    assert not Letter.objects.exists()


def test_an_accepted_invitation_cannot_be_withdrawn(kari: User) -> None:
    invitation = invited(kari)
    Client().post(link(invitation), NEW)
    with pytest.raises(InvitationGoneError):
        invitations.withdraw(invitation=invitation, by=kari)


def test_old_invitations_and_cards_are_tidied(kari: User) -> None:
    invitation = invited(kari)
    tidying.tidy()
    assert Invitation.objects.exists()
    long_ago = timezone.now() - timedelta(days=31)
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=long_ago)
    tidying.tidy()
    assert not Invitation.objects.exists()


def test_only_events_older_than_three_years_are_tidied(kari: User) -> None:
    roles.give(
        person=kari, position=position(RoleKind.LEADER, region=kari.roles.get().region), by=kari
    )
    AuditEvent.objects.create(
        action="x", object_type="x", at=timezone.now() - timedelta(days=3 * 366 + 2)
    )
    tidying.tidy()
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {"role.given"}
