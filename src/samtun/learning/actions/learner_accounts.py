"""Ties an account to its learner: by a confirmed address, and never to a job it was not asked of.

Whoever an employer has written down is tied by a yes: see `own_jobs`.
"""

from django.db import IntegrityError, transaction

from samtun.learning.models import Learner
from samtun.people.addresses import addresses_of
from samtun.people.models import User


def learner_of(user: User) -> Learner:
    """The learner that `user` is: found by a confirmed address, or made.

    Whoever was at a group session under the address becomes this one, with all they have done. An
    address that nobody has confirmed ties nothing, and neither does what an employer says.
    """
    known = Learner.objects.filter(user=user).first()
    return known or _tied(user)


@transaction.atomic
def _tied(user: User) -> Learner:
    addresses = addresses_of(user)
    for address in addresses:
        free = Learner.objects.filter(user=None, email__iexact=address, employments=None)
        if Learner.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(user=user):
            return Learner.objects.get(user=user)
    return _made(user, addresses[0] if addresses else "")


def _made(user: User, address: str) -> Learner:
    try:
        with transaction.atomic():
            return Learner.objects.create(
                user=user, name=user.name, email=address, language=user.language
            )
    except IntegrityError:  # made at the same moment, in another window
        return Learner.objects.get(user=user)
