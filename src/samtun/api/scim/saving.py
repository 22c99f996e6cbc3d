"""What a directory says about an employee becomes a job here, through the same actions as by hand.

`active: false` and DELETE are leaving. Nothing that somebody has learnt is ever touched.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from samtun.api.scim.resources import is_active, user_name
from samtun.api.scim.schema import EnterpriseUser, User
from samtun.learning.actions import employees
from samtun.learning.enums import EmployeeSource, Profession
from samtun.learning.exchange.columns import profession_in
from samtun.learning.exchange.units import Units
from samtun.learning.exchange.values import cleaned
from samtun.learning.models import Employment
from samtun.organisations.models import Organization

_LONGEST = 120


def said(resource: User) -> dict[str, str]:
    """What the resource says, by our names; empty where it says nothing."""
    extension: EnterpriseUser = resource[EnterpriseUser] or EnterpriseUser()
    return {
        "name": _name(resource)[:_LONGEST],
        "email": _address(resource),
        "user_name": cleaned(resource.user_name or "")[:254],
        "directory_id": cleaned(resource.external_id or "")[:254],
        "position": cleaned(resource.title or "")[:_LONGEST],
        "external_id": cleaned(extension.employee_number or "")[:_LONGEST],
        "department": cleaned(extension.department or "")[:300],
    }


def make(employer: Organization, resource: User) -> Employment:
    """A new employee, or one who was left without `active`: then already gone."""
    fields: dict[str, Any] = said(resource)
    unit = _unit(employer, fields.pop("department"))
    profession = profession_in(fields["position"]) or Profession.OTHER
    name = fields.pop("name") or fields["user_name"]
    fields["email"] = fields["email"] or _as_address(fields["user_name"])
    job = employees.hire(
        employer=employer,
        unit=unit,
        name=name,
        profession=profession,
        source=EmployeeSource.DIRECTORY,
        by=None,
        **fields,
    )
    return job if resource.active in (True, None) else _left(job)


def save(job: Employment, before: User, after: User) -> Employment:
    """Make the job what `after` says, where that is something else than `before`."""
    old, new = said(before), said(after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    wants_active = after.active in (True, None)
    if wants_active and not is_active(job):
        job = _back(job, after)
    department = changed.pop("department", "")
    fields: Any = {name: value for name, value in changed.items() if value or name != "name"}
    if department:
        fields["unit"] = _unit(job.employer, department)
    if (title := fields.get("position")) and job.profession == Profession.OTHER:
        fields["profession"] = profession_in(title) or Profession.OTHER
    fields.setdefault("user_name", new["user_name"])
    job = employees.change(
        employment=job, by=None, source=EmployeeSource.DIRECTORY, **_kept(fields)
    )
    return job if wants_active else _left(job)


def forget(job: Employment) -> None:
    """The directory has deleted the person: the job ends, and it is no longer the directory's."""
    employees.change(employment=_left(job), user_name="", directory_id="", by=None)


def _left(job: Employment) -> Employment:
    """At once: yesterday was the last day."""
    if not is_active(job):
        return job
    yesterday = timezone.localdate() - timedelta(days=1)
    return employees.leave(employment=job, left_on=yesterday, by=None)


def _back(job: Employment, after: User) -> Employment:
    """Somebody switched off and on again goes on; whoever was away for days is hired anew."""
    if job.left_on and job.left_on >= timezone.localdate() - timedelta(days=1):
        return employees.resume(employment=job, by=None)
    handle, identifier = job.user_name, job.directory_id
    employees.change(employment=job, user_name="", directory_id="", by=None)
    return employees.hire(
        employer=job.employer, unit=job.unit, name=job.learner.name, learner=job.learner,
        profession=job.profession, position=job.position, external_id=job.external_id,
        user_name=handle or user_name(job), directory_id=identifier,
        source=EmployeeSource.DIRECTORY, by=None,
    )  # fmt: skip


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    """An address that is taken away stays with the learner: it is how they sign in."""
    return {name: value for name, value in fields.items() if value or name != "email"}


def _unit(employer: Organization, department: str) -> Organization:
    """The unit that is meant; the employer itself when nobody knows it, which the desk tells."""
    found = Units(employer).called(department) if department else None
    return found or employer


def _name(resource: User) -> str:
    """First and last name; else what is shown or formatted, when the directory has only that."""
    name = resource.name
    parts = (name.given_name, name.family_name) if name else ()
    if written := cleaned(" ".join(part for part in parts if part)):
        return written
    unknown = {key.casefold(): value for key, value in resource.unknown_attributes.items()}
    formatted = name.unknown_attributes.get("formatted") if name else ""
    return cleaned(str(formatted or unknown.get("displayname") or ""))


def _address(resource: User) -> str:
    """The address at work, or the primary, or the first."""
    emails = [one for one in resource.emails or [] if one.value]
    emails.sort(key=lambda one: (one.type != "work", not one.primary))
    return str(emails[0].value).lower() if emails else ""


def _as_address(handle: str) -> str:
    return handle.lower() if "@" in handle and "." in handle.rpartition("@")[2] else ""
