"""What allauth writes itself passes here: only what is needed is kept, and changes leave a trace.

See `docs/privacy.md`.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as socialaccount
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from samtun.people import accounts, audit, devices
from samtun.people.access import FACTORS
from samtun.people.models import User

NO_ADDRESS = "0.0.0.0"  # noqa: S104  (nobody's; the column cannot be empty)


@receiver(pre_save, sender=UserSession)
def forget_where(sender: object, instance: UserSession, **rest: Any) -> None:  # noqa: ANN401
    """Of a session only the kind of machine is kept, and no network address."""
    instance.ip = NO_ADDRESS
    if not devices.is_kind(instance.user_agent):
        instance.user_agent = devices.kind_of(instance.user_agent)


@receiver(pre_save, sender=SocialAccount)
def forget_claims(sender: object, instance: SocialAccount, **rest: Any) -> None:  # noqa: ANN401
    """What a provider tells of a person, a national identity number perhaps, is never kept."""
    instance.extra_data = {}


# How an account is opened, and by what name a change of it stands in the trail.
CHANGES: dict[Signal, str] = {
    account.password_changed: "account.password_changed",
    account.password_set: "account.password_changed",
    account.password_reset: "account.password_changed",
    account.email_changed: "account.email_changed",
    mfa.authenticator_added: "account.factor_added",
    mfa.authenticator_removed: "account.factor_removed",
    socialaccount.social_account_added: "account.provider_added",
    socialaccount.social_account_removed: "account.provider_removed",
}


@receiver(mfa.authenticator_added)
def sign_out_elsewhere(
    sender: object,
    request: HttpRequest,
    user: User,
    **rest: Any,  # noqa: ANN401
) -> None:
    """With the first second factor, machines that never proved one are signed out."""
    if Authenticator.objects.filter(user=user, type__in=FACTORS).count() == 1:
        accounts.end_other_sessions(person=user, besides=request.session.session_key)


@receiver(list(CHANGES))
def write_down(sender: object, signal: Signal, **told: Any) -> None:  # noqa: ANN401
    """Write in the trail that somebody changed how their account is opened; never to what."""
    person = _whose(told)
    if person is not None:
        audit.record(CHANGES[signal], by=person, about=person, details=_details(told))


def _whose(told: dict[str, Any]) -> User | None:
    login = told.get("sociallogin") or told.get("socialaccount")
    person = told.get("user") or getattr(login, "user", None)
    return person if isinstance(person, User) else None


def _details(told: dict[str, Any]) -> dict[str, object]:
    """The kind of factor, or which provider."""
    if (factor := told.get("authenticator")) is not None:
        return {"factor": str(factor.type)}
    own = getattr(told.get("sociallogin"), "account", None) or told.get("socialaccount")
    return {"provider": str(own.provider)} if own is not None else {}
