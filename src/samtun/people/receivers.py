"""What allauth writes itself passes here first, so that only what is needed is kept.

See `docs/privacy.md`.
"""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver

from samtun.people import devices

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
