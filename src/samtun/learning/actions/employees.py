"""Who works where: what an employer says about its employees, by hand, in a file or by directory.

An employment is never deleted. Whoever leaves keeps all that they have learnt, and whoever comes
back gets a new employment with the same learner.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from samtun.learning.actions import obligations
from samtun.learning.actions.employee_errors import (
    AddressDeniedError,
    AddressTakenError,
    AlreadyEmployedError,
    EmployeeError,
    LeavesBeforeJoiningError,
    NotAUnitError,
)
from samtun.learning.actions.whose import Said, holders_of, learner_at, let_go, whose_job, written
from samtun.learning.enums import EmployeeSource, Profession
from samtun.learning.models import Employment, Learner
from samtun.learning.queries.addresses import jobs_of, meant
from samtun.organisations.models import Organization
from samtun.organisations.queries import with_units
from samtun.people import audit
from samtun.people.models import User

__all__ = [
    "AddressDeniedError", "AddressTakenError", "AlreadyEmployedError", "EmployeeError",
    "JobFields", "LeavesBeforeJoiningError", "NotAUnitError",
    "change", "counts_on", "follow", "hire", "hold", "is_known_by_others", "learner_at", "leave",
    "locked", "move", "resume",
]  # fmt: skip


class JobFields(TypedDict, total=False):
    """What can be changed about an employee; what is left out stays."""

    name: str
    email: str
    unit: Organization
    profession: str
    position: str
    is_leader: bool
    joined_on: date
    external_id: str
    user_name: str
    directory_id: str


def counts_on(day: date) -> Q:
    """The condition on `Employment` that it is not over on `day`; it may begin later."""
    return Q(left_on__isnull=True) | Q(left_on__gte=day)


@transaction.atomic
def hire(
    *,
    employer: Organization,
    unit: Organization,
    name: str,
    email: str = "",
    profession: str = Profession.OTHER,
    position: str = "",
    is_leader: bool = False,
    joined_on: date | None = None,
    external_id: str = "",
    user_name: str = "",
    directory_id: str = "",
    source: str = EmployeeSource.HAND,
    learner: Learner | None = None,
    by: User | None,
    is_followed: bool = True,
) -> Employment:
    """Put somebody on the employer's list; `learner` when the caller knows who it is.

    Otherwise the address tells (`queries.addresses.meant`), and an account is asked (`own_jobs`).
    The number goes along from whoever has left. `is_followed=False`: the caller follows them up.

    Raises: NotAUnitError, AlreadyEmployedError.
    """
    hold(employer)
    _require_unit(employer, unit)
    since = joined_on or timezone.localdate()
    said: Said = {"name": name, "email": written(email), "number": external_id}
    whose, denied = (learner, "") if learner else whose_job(employer, since, **said)
    _require_no_other(employer, whose, external_id, since)
    made = _made(
        learner=whose, employer=employer, unit=unit, profession=profession, position=position,
        is_leader=is_leader, external_id=external_id, user_name=user_name, denied_email=denied,
        directory_id=directory_id, source=source, joined_on=since, unit_since=since,
    )  # fmt: skip
    _record("employment.started", made, by=by)
    if is_followed:
        follow([made])
    return made


@transaction.atomic
def change(
    *,
    employment: Employment,
    by: User | None,
    on: date | None = None,
    source: str = "",
    is_followed: bool = True,
    **fields: Unpack[JobFields],
) -> Employment:
    """Make the employment what the fields say; another unit is a move from the day `on` (today).

    Name and address belong to the learner: an employer changes them only while nobody else knows
    the learner (no account, no other employer).

    Raises:
        NotAUnitError, AlreadyEmployedError, AddressTakenError, AddressDeniedError,
        LeavesBeforeJoiningError: as said.
    """
    hold(employment.employer)
    held = locked(employment)
    changed = _change_learner(held, fields) + _change_job(held, fields, on or timezone.localdate())
    if not changed:
        return held
    held.source = source or held.source
    held.changed_at = timezone.now()
    _saved(held)
    action = "employment.moved" if "unit" in changed else "employment.changed"
    _record(action, held, by=by, fields=sorted(changed))
    if is_followed:
        follow([held])
    return held


def move(
    *, employment: Employment, unit: Organization, by: User | None, on: date | None = None
) -> Employment:
    """Let the person work in another unit of the same employer, from the day `on` (today).

    Raises:
        NotAUnitError: the unit is not the employer's.
    """
    return change(employment=employment, unit=unit, on=on, by=by)


@transaction.atomic
def leave(
    *,
    employment: Employment,
    left_on: date,
    by: User | None,
    is_followed: bool = True,
) -> Employment:
    """The job ends after the day `left_on`; learner, evidence and certificates stay.

    Somebody who leaves before the first day never came: then that day is the first as well.
    """
    hold(employment.employer)
    held = locked(employment)
    if held.left_on == left_on:
        return held
    held.left_on = left_on
    held.joined_on = min(held.joined_on, left_on)
    held.unit_since = min(held.unit_since, left_on)
    held.changed_at = timezone.now()
    held.save()
    _record("employment.ended", held, by=by)
    if is_followed:
        follow([held])
    return held


@transaction.atomic
def resume(*, employment: Employment, by: User | None, is_followed: bool = True) -> Employment:
    """Take back that the person leaves or left: the same job goes on as if nothing had been.

    For mistakes; whoever comes back after a while is hired anew.

    Raises:
        AlreadyEmployedError: the person has a new employment in the meantime.
    """
    hold(employment.employer)
    held = locked(employment)
    if held.left_on is None:
        return held
    held.left_on = None
    held.changed_at = timezone.now()
    _saved(held)
    _record("employment.resumed", held, by=by)
    if is_followed:
        follow([held])
    return held


def follow(employments: Iterable[Employment]) -> None:
    """Work out anew what these have to do, all together; inside the transaction of the change."""
    if some := list(employments):
        obligations.follow_all(some)


def hold(employer: Organization) -> None:
    """Let nobody else change this employer's list until the transaction is over."""
    Organization.objects.select_for_update(no_key=True).only("pk").get(pk=employer.pk)


def locked(employment: Employment) -> Employment:
    """The row as it is now, held until the transaction is over."""
    rows = Employment.objects.select_related("learner", "employer", "unit")
    return rows.select_for_update(of=("self",)).get(pk=employment.pk)


def is_known_by_others(learner: Learner, employer: Organization) -> bool:
    """Whether somebody else than `employer` knows the learner: an account or another employer."""
    return learner.user_id is not None or learner.employments.exclude(employer=employer.pk).exists()


def _require_unit(employer: Organization, unit: Organization) -> None:
    if unit.pk != employer.pk and unit.pk not in with_units([employer.pk]):
        raise NotAUnitError


def _require_no_other(employer: Organization, learner: Learner, number: str, since: date) -> None:
    """A number is for one person at a time; it is taken from whoever has left."""
    theirs = Employment.objects.filter(employer=employer)
    if number:
        if theirs.filter(counts_on(since), external_id=number).exists():
            raise AlreadyEmployedError
        theirs.filter(external_id=number).update(external_id="")
    elif theirs.filter(counts_on(since), learner=learner, external_id="").exists():
        raise AlreadyEmployedError


def _made(**fields: object) -> Employment:
    try:
        with transaction.atomic():
            return Employment.objects.create(**fields)
    except IntegrityError as error:
        raise AlreadyEmployedError from error


def _saved(employment: Employment) -> None:
    if employment.left_on and employment.left_on < employment.joined_on:
        raise LeavesBeforeJoiningError
    try:
        with transaction.atomic():
            employment.save()
    except IntegrityError as error:
        raise AlreadyEmployedError from error


def _change_learner(employment: Employment, fields: JobFields) -> list[str]:
    """Name and address, while they are this employer's alone.

    The address of somebody who has learnt something stays: whoever confirms an address gets all
    that was done under it.
    """
    learner = employment.learner
    new = {}
    if (name := fields.get("name", "").strip()) and name != learner.name:
        new["name"] = name
    email = written(fields.get("email", ""))
    if email and email != learner.email and not (learner.email and learner.evidence.exists()):
        new["email"] = email
    if not new or is_known_by_others(learner, employment.employer):
        return []
    if "email" in new:
        _take_address(employment, new.get("name", learner.name), email)
    for field, value in new.items():
        setattr(learner, field, value)
    learner.save(update_fields=list(new))
    return list(new)


def _take_address(employment: Employment, name: str, email: str) -> None:
    """Make sure that nobody else here has it; whose account it is will be asked."""
    if employment.denied_email == email:
        raise AddressDeniedError
    day = timezone.localdate()
    found = meant(holders_of(email), name, lambda one: jobs_of(one, employment.employer, day))
    if found.learner and found.learner.pk != employment.learner_id:
        raise AddressTakenError
    let_go(found.former, email)
    employment.denied_email = ""


def _change_job(employment: Employment, fields: JobFields, today: date) -> list[str]:
    given = dict(fields)
    plain = (
        "profession", "position", "is_leader", "joined_on", "external_id", "user_name",
        "directory_id",
    )  # fmt: skip
    changed = [one for one in plain if one in given and getattr(employment, one) != given[one]]
    unit = fields.get("unit")
    if unit is not None and unit.pk != employment.unit_id:
        _require_unit(employment.employer, unit)
        employment.unit = unit
        employment.unit_since = max(today, employment.joined_on)
        changed.append("unit")
    for field in changed:
        setattr(employment, field, given[field])
    if "joined_on" in changed:
        _follow_first_day(employment)
    if "external_id" in changed and employment.external_id:
        _take_number(employment)
    return changed


def _follow_first_day(employment: Employment) -> None:
    """Nobody works in a unit before they joined; who never moved has been there since then."""
    was = Employment.objects.only("joined_on", "unit_since").get(pk=employment.pk)
    if was.unit_since == was.joined_on or employment.unit_since < employment.joined_on:
        employment.unit_since = employment.joined_on


def _take_number(employment: Employment) -> None:
    """From whoever had it and has left; from anybody else it is refused when saving."""
    yesterday = timezone.localdate() - timedelta(days=1)
    others = Employment.objects.filter(
        employer=employment.employer_id, external_id=employment.external_id
    ).exclude(pk=employment.pk)
    others.filter(left_on__lte=yesterday).update(external_id="")


def _record(
    action: str, employment: Employment, *, by: User | None, fields: list[str] | None = None
) -> None:
    details: dict[str, object] = {"unit": str(employment.unit_id)}
    if fields:
        details["fields"] = fields
    if by is None:
        details["by"] = "directory"
    audit.record(action, by=by, about=employment, details=details)
