"""Writing to accounts: making one from an invitation, changing one's own, ending sessions."""

from typing import cast
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samtun.people.models import Counted, User


@transaction.atomic
def open_account(*, email: str, name: str, language: str, password: str = "") -> User:
    """Make the account of somebody who has proved that `email` is theirs.

    The proof is the caller's: an invitation's signed link that was sent there. Without a
    password the account is opened with a code by e-mail.

    Raises:
        ValueError: there is an account with this address already; then sign in instead.
    """
    if EmailAddress.objects.filter(email__iexact=email).exists() or is_known(email):
        raise ValueError("There is an account with this address already")
    user = User.objects.create_user(
        email=email.lower(), password=password or None, name=name, language=language
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def is_known(email: str) -> bool:
    """Whether somebody has an account with `email`. Never tell a visitor."""
    return User.objects.filter(email__iexact=email).exists()


def sign_in(request: HttpRequest, user: User, *, next_url: str = "") -> HttpResponse:
    """Sign `user` in after an invitation's link has proved who they are, and lead them on.

    Goes through the same stages as any sign-in: a second factor is asked for where there is one,
    and an account that is closed stays closed.
    """
    record_authentication(request, user, method="invitation", email=user.email)
    login = Login(user=user, email=user.email, redirect_url=next_url or None)
    return cast("HttpResponse", perform_login(request, login))


@transaction.atomic
def change_profile(*, person: User, name: str, language: str, by: User) -> None:
    """The owner's name and language of letters."""
    if by != person:
        raise ValueError("Only their own")
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])


def end_session(*, person: User, session: int, by: User) -> bool:
    """End one of the person's own sessions; false when they have no such session."""
    own = UserSession.objects.filter(user=person, pk=session).first()
    if own is None or by != person:
        return False
    own.end()
    return True


def end_all_sessions(person: User | UUID) -> None:
    """Sign somebody out everywhere, as when their account is closed."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def end_other_sessions(*, person: User, besides: str | None) -> None:
    """Sign somebody out everywhere but in the session with the key `besides`."""
    for session in UserSession.objects.filter(user=person).exclude(session_key=besides or ""):
        session.end()


def tidy() -> None:
    """Once a day: forget sessions that are over and counts that no longer count."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Counted.objects.filter(expires__lt=now).delete()
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
