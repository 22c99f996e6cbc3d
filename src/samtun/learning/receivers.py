"""What happens to an account happens to its learner."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.dispatch import receiver

from samtun.learning.models import Learner
from samtun.people.models import User


@receiver(email_changed)
def follow_address(
    sender: object,
    user: User,
    from_email_address: EmailAddress | None,
    to_email_address: EmailAddress,
    **rest: Any,  # noqa: ANN401
) -> None:
    """Letters go to the address that is theirs now: the old one may be another's one day.

    An address that an employer has entered beside the account's own stays.
    """
    if from_email_address is None or not to_email_address.verified:
        return
    new = to_email_address.email.lower()
    own = Learner.objects.filter(user=user, email__iexact=from_email_address.email)
    if not Learner.objects.filter(email__iexact=new).exists():
        own.update(email=new)
