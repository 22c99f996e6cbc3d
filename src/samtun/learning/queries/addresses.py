"""Who is known at an e-mail address, and whom an employer means by it.

An account has its address confirmed (`tied`). Somebody whom an employer or a group session has
written down has not (`written`). At most one of each has an address.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower

from samtun.learning.models import Employment, Learner
from samtun.organisations.models import Organization

_AT_ONCE = 500
Thing = TypeVar("Thing")


@dataclass(slots=True)
class Holders:
    """The learners at an address."""

    tied: Learner | None = None
    written: Learner | None = None

    @property
    def all(self) -> list[Learner]:
        """Both, where there are both."""
        return [one for one in (self.tied, self.written) if one]


@dataclass(frozen=True, slots=True)
class Jobs:
    """What jobs a learner has: here, with the employer that asks, and elsewhere.

    Who leaves today is not here any more: the mailbox may be given to the next.
    """

    is_here: bool = False
    was_here: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom an employer means: `learner`, or somebody new when None; `former` had the address."""

    learner: Learner | None
    former: list[Learner] = field(default_factory=list)


def meant(holders: Holders, name: str, jobs_of: Callable[[Learner], Jobs]) -> Meant:
    """Whom an employer means by an address and `name`.

    A mailbox is given to the next: who has left under another name is somebody else. An account
    comes only for an employer whom its owner has said yes to; another's gets somebody new, and the
    owner is asked whether it is them.
    """
    former: list[Learner] = []
    if tied := holders.tied:
        jobs = jobs_of(tied)
        if jobs.is_here or (jobs.was_here and is_called(tied, name)):
            return Meant(tied)
        former += [tied] if jobs.was_here else []
    if written := holders.written:
        if _is_meant(written, name, jobs_of(written)):
            return Meant(written, former)
        former.append(written)
    return Meant(None, former)


def _is_meant(written: Learner, name: str, jobs: Jobs) -> bool:
    if jobs.is_here or is_called(written, name):
        return True
    if jobs.was_here:
        return False
    # Nobody here knows them: a part of the name is enough, and so is a job with another.
    own = {*written.name.casefold().split()}
    return jobs.is_elsewhere or bool(own & {*name.casefold().split()})


def is_called(learner: Learner, name: str) -> bool:
    """Whether `name` is the learner's, with a name more or less; who has no name is called so."""
    own, given = {*learner.name.casefold().split()}, {*name.casefold().split()}
    return own <= given or given <= own


def jobs_of(learner: Learner, employer: Organization, day: date) -> Jobs:
    """What jobs the learner has on `day`; one query."""
    found = Employment.objects.filter(learner=learner).values_list("employer", "left_on")
    rows = [(place == employer.pk, left is None or left > day) for place, left in found]
    return Jobs(
        is_here=(True, True) in rows,
        was_here=any(here for here, _goes_on in rows),
        is_elsewhere=(False, True) in rows,
    )


def holders_at(addresses: Collection[str]) -> dict[str, Holders]:
    """Who is known at these addresses (in small letters); three queries for five hundred."""
    found = {one: Holders() for one in addresses}
    for some in stretches(sorted(found)):
        accounts = EmailAddress.objects.filter(verified=True).annotate(lower=Lower("email"))
        owners = dict(accounts.filter(lower__in=some).values_list("lower", "user"))
        with_account = {
            one.user_id: one for one in Learner.objects.filter(user__in=owners.values())
        }
        # Written as the index is, which leaves out those without an address.
        addressed = Learner.objects.exclude(email="").annotate(lower=Lower("email"))
        for learner in addressed.filter(lower__in=some):
            holders = found[learner.email.lower()]
            if learner.user_id:
                holders.tied = learner
            else:
                holders.written = learner
        for address, user in owners.items():
            found[address].tied = with_account.get(user, found[address].tied)
    return found


def working_elsewhere(
    learners: Iterable[Learner], employer: Organization, day: date
) -> set[object]:
    """The keys of those who have a job with another employer on `day`."""
    found: set[object] = set()
    goes_on = Q(left_on__isnull=True) | Q(left_on__gte=day)
    for some in stretches(sorted(one.pk for one in learners)):
        rows = Employment.objects.filter(goes_on, learner__in=some).exclude(employer=employer)
        found.update(rows.values_list("learner", flat=True))
    return found


def stretches(things: list[Thing]) -> Iterable[list[Thing]]:
    """Some at a time, so that no query has too many parameters."""
    return (things[start : start + _AT_ONCE] for start in range(0, len(things), _AT_ONCE))
