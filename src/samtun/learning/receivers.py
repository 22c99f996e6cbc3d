"""What happens to an account happens to its learner."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.db.models.signals import pre_delete
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
    own = Learner.objects.filter(user=user, email__iexact=from_email_address.email)
    own.update(email=to_email_address.email.lower())


@receiver(pre_delete, sender=User)
def give_up_address(sender: object, instance: User, **rest: Any) -> None:  # noqa: ANN401
    """Without an account the learner has no address that an employer has written for another."""
    for own in Learner.objects.filter(user=instance).exclude(email=""):
        written = Learner.objects.filter(user=None, email__iexact=own.email)
        if written.exists():
            Learner.objects.filter(pk=own.pk).update(email="")
