"""Doing what a list of employees would do: all that is still as it was shown, at once."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samtun.learning.actions import employees
from samtun.learning.enums import EmployeeSource
from samtun.learning.errors import LearningError
from samtun.learning.exchange import uploads
from samtun.learning.exchange.proposals import Kind, Proposal
from samtun.learning.models import EmployeeUpload, Employment
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User


class ManyLeaveError(LearningError):
    """More would leave than one believes without asking twice."""

    def __init__(self) -> None:
        super().__init__(
            _("Many would leave. Say that this is right, or that the list is not complete.")
        )


@dataclass(slots=True)
class Outcome:
    """What was done, and lines that would do something else than what was shown."""

    done: dict[str, int] = field(default_factory=dict)  # by kind
    different: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, str]] = field(default_factory=list)  # and why

    @property
    def count(self) -> int:
        """How many lines were written."""
        return sum(self.done.values())


@transaction.atomic
def apply(*, upload: EmployeeUpload, by: User, leavers_are_right: bool = False) -> Outcome:
    """Do it, in one transaction. A line that would now do something else waits to be seen again.

    The list is deleted when nothing of it waits; otherwise it shows what is different. Doing it
    twice does nothing the second time. Evidence is never touched.

    Raises:
        ManyLeaveError: more than a fifth would leave, and nobody has said that this is right.
    """
    employees.hold(upload.employer)
    seen = uploads.shown(upload)
    if uploads.sums_of(upload, seen).needs_yes and not leavers_are_right:
        raise ManyLeaveError
    known = {one.digest for one in seen}
    now, _before = uploads.proposed(upload)
    outcome = Outcome()
    changed: list[Employment] = []
    for one in now:
        if one.digest not in known:
            outcome.different.append(one)
        elif one.acts:
            changed += _tried(one, upload, by, outcome)
    employees.follow(changed)
    _close(upload, outcome, by)
    return outcome


def _close(upload: EmployeeUpload, outcome: Outcome, by: User) -> None:
    if outcome.count:
        about = upload.employer
        audit.record("employees.imported", by=by, about=about, details={**outcome.done})
    if outcome.different or outcome.refused:
        uploads.show(upload, uploads.proposed(upload))
        upload.save()
    else:
        upload.delete()


def _tried(one: Proposal, upload: EmployeeUpload, by: User, outcome: Outcome) -> list[Employment]:
    """A line that cannot be written says why, and leaves the others alone."""
    try:
        with transaction.atomic():
            job = _done(one, upload, by)
    except LearningError as error:
        outcome.refused.append((one, str(error)))
        return []
    outcome.done[one.kind] = outcome.done.get(one.kind, 0) + 1
    return [job]


def _done(one: Proposal, upload: EmployeeUpload, by: User) -> Employment:
    if one.kind == Kind.NEW or (one.kind == Kind.BACK and not one.values["resumes"]):
        return _hired(one, upload.employer, by)
    job = Employment.objects.select_related("employer", "learner", "unit").get(pk=one.employment)
    if one.kind == Kind.BACK:
        job = employees.resume(employment=job, by=by, is_followed=False)
    fields = _fields(one.values)
    if fields:
        job = employees.change(
            employment=job, by=by, source=EmployeeSource.FILE, is_followed=False, **fields
        )
    if last_day := one.day("left_on"):
        job = employees.leave(employment=job, left_on=last_day, by=by, is_followed=False)
    return job


def _hired(one: Proposal, employer: Organization, by: User) -> Employment:
    fields = _fields(one.values)
    made = employees.hire(
        employer=employer, by=by, source=EmployeeSource.FILE, is_followed=False, **fields
    )
    if last_day := one.day("left_on"):
        made = employees.leave(employment=made, left_on=last_day, by=by, is_followed=False)
    return made


def _fields(values: dict[str, Any]) -> employees.JobFields:
    """What the actions take, of what was kept."""
    plain = ("name", "email", "position", "profession", "is_leader", "external_id")
    found: dict[str, Any] = {name: values[name] for name in plain if name in values}
    if "unit" in values:
        found["unit"] = Organization.objects.get(pk=UUID(values["unit"]))
    if values.get("joined_on"):
        found["joined_on"] = date.fromisoformat(values["joined_on"])
    return found  # type: ignore[return-value]  # the fields of a list
