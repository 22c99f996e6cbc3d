"""Whose a job is: the learner that an employer means by a name, an address and a number."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from samtun.learning.models import Employment, Learner
from samtun.learning.queries.addresses import Holders, holders_at, is_called, jobs_of, meant
from samtun.organisations.models import Organization


def learner_at(email: str) -> Learner | None:
    """The learner whose account has the address confirmed, or who is written down with it."""
    return next(iter(holders_of(email).all), None) if email else None


def holders_of(email: str) -> Holders:
    """Who is known at the address."""
    address = written(email)
    return holders_at([address])[address]


def written(email: str) -> str:
    """As addresses are kept."""
    return email.strip().lower()


def _denied(employer: Organization, name: str, email: str) -> Learner | None:
    """Of whom, by this name, whoever has the address has said that it is somebody else."""
    rows = Employment.objects.filter(employer=employer).exclude(denied_email="")
    found = rows.filter(denied_email=email).select_related("learner") if email else ()
    return next((one.learner for one in found if is_called(one.learner, name)), None)


class Said(TypedDict):
    """What an employer says of somebody; the address as `written`."""

    name: str
    email: str
    number: str


def whose_job(employer: Organization, day: date, **said: Unpack[Said]) -> tuple[Learner, str]:
    """The learner, made when it is somebody new, and the address when it is denied."""
    if known := _denied(employer, said["name"], said["email"]):
        return known, said["email"]
    return _learner_for(employer, day, **said), ""


def _learner_for(
    employer: Organization, day: date, *, name: str, email: str, number: str
) -> Learner:
    """Found by address; without one by number and name on the list before; otherwise new."""
    if email:
        found = meant(holders_of(email), name, lambda one: jobs_of(one, employer, day))
        let_go(found.former, email)
        if found.learner:
            return found.learner
    if number and not email:
        before = Employment.objects.filter(employer=employer, external_id=number)
        one = before.select_related("learner").first()
        if one and one.learner.name.casefold() == name.strip().casefold():
            return one.learner
    try:
        with transaction.atomic():
            return Learner.objects.create(name=name.strip(), email=email)
    except IntegrityError:  # another employer was quicker
        return Learner.objects.get(user=None, email__iexact=email)


def let_go(former: Iterable[Learner], email: str) -> None:
    """The address is another's now; what they have learnt stays theirs."""
    keys = [one.pk for one in former]
    Learner.objects.filter(pk__in=keys, email__iexact=email).update(email="")
