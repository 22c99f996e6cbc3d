"""Ties an account to its learner: by a confirmed address, and by nothing else."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from samtun.learning.models import Learner
from samtun.people.models import User


def learner_of(user: User) -> Learner:
    """The learner that `user` is: found by a confirmed address, or made.

    A learner whom an employer has entered with the address becomes this one, with all they have
    done. An address that nobody has confirmed ties nothing.
    """
    known = Learner.objects.filter(user=user).first()
    return known or _tied(user)


@transaction.atomic
def _tied(user: User) -> Learner:
    addresses = _confirmed(user)
    for address in addresses:
        free = Learner.objects.filter(user=None, email__iexact=address)
        if free.update(user=user):
            return Learner.objects.get(user=user)
    return _made(user, addresses[0] if addresses else "")


def _confirmed(user: User) -> list[str]:
    """Their confirmed addresses, the one they sign in with first."""
    found = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    return list(found.values_list("email", flat=True))


def _made(user: User, address: str) -> Learner:
    is_taken = address and Learner.objects.filter(email__iexact=address).exists()
    try:
        with transaction.atomic():
            return Learner.objects.create(
                user=user,
                name=user.name,
                email="" if is_taken else address.lower(),
                language=user.language,
            )
    except IntegrityError:  # made at the same moment, in another window
        return Learner.objects.get(user=user)
