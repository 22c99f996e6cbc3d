"""An employee as SCIM shows it."""

import hashlib
from typing import Any

import orjson
from django.db.models import Q
from django.utils import timezone
from scim2_models import Context, Meta

from samtun.api.scim.schema import Email, Employee, EnterpriseUser, Group, Name, address
from samtun.learning.models import Employment
from samtun.organisations.models import Organization


def is_seen() -> Q:
    """The condition on `Employment` that a directory sees it: it goes on, or it manages it.

    What the directory has deleted has no `user_name` any more.
    """
    goes_on = Q(left_on__isnull=True) | Q(left_on__gte=timezone.localdate())
    return goes_on | ~Q(user_name="")


def is_active(job: Employment) -> bool:
    """Whether the person works there tomorrow, too."""
    return job.left_on is None or job.left_on > timezone.localdate()


def main_job(jobs: list[Employment]) -> Employment:
    """Of several jobs the one that the directory is about: going on, its own, the newest."""
    return max(jobs, key=lambda job: (is_active(job), bool(job.user_name), job.joined_on, job.pk))


def user_name(job: Employment) -> str:
    """What the directory calls the person, or what it would most likely do."""
    return job.user_name or job.learner.work_email or job.external_id or str(job.learner_id)


def employee(job: Employment) -> Any:  # noqa: ANN401  (of a class made at start)
    """The person, whose identifier is the same in all jobs; load learner, unit and employer."""
    learner = job.learner
    given, _space, family = learner.name.rpartition(" ")
    made = Employee(
        id=str(learner.pk),
        external_id=job.directory_id or None,
        user_name=user_name(job),
        name=Name(given_name=given or None, family_name=family),
        title=job.position or None,
        active=is_active(job),
        emails=[Email(value=learner.work_email, type="work", primary=True)]
        if learner.work_email
        else None,
    )
    made[EnterpriseUser] = EnterpriseUser(
        employee_number=job.external_id or None,
        department=None if job.unit_id == job.employer_id else job.unit.name,
        organization=job.employer.name,
    )
    made.meta = Meta(
        resource_type="User",
        created=learner.made_at,
        last_modified=max(job.changed_at, learner.made_at),
        location=address("Users", learner.pk),
    )
    made.meta.version = _version(made)
    return made


def group(unit: Organization) -> Any:  # noqa: ANN401  (of a class made at start)
    """A unit."""
    made = Group(id=str(unit.pk), display_name=unit.name)
    made.meta = Meta(
        resource_type="Group",
        last_modified=unit.last_modified,
        location=address("Groups", unit.pk),
    )
    return made


def _version(resource: Any) -> str:  # noqa: ANN401
    written = orjson.dumps(resource.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))
    return f'W/"{hashlib.sha256(written).hexdigest()[:20]}"'
