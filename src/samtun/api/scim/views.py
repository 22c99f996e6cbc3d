"""The addresses of SCIM: employees, units, and what we say about ourselves."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from scim2_models import (
    Context,
    InvalidValueException,
    ListResponse,
    NotFoundException,
    PatchOp,
    PreconditionFailedException,
    ResourceType,
    Schema,
    UniquenessException,
)

from samtun.api.scim import filters, saving
from samtun.api.scim.opening import answer, asked_for, body, resource_answer
from samtun.api.scim.patching import as_sent
from samtun.api.scim.resources import employee, group, is_active, is_seen, main_job
from samtun.api.scim.schema import MOST_RESULTS, POLICY, PROVIDER, Employee, Group, User
from samtun.learning.actions import employees as actions
from samtun.learning.models import Employment
from samtun.learning.queries.addresses import is_called
from samtun.organisations.models import Organization
from samtun.organisations.queries import with_units

_LARGEST_NUMBER = 10_000_000
_QUERY = Context.RESOURCE_QUERY_RESPONSE
# Made once: each is a class of its own, which takes its time.
_PATCH: Any = PatchOp.__class_getitem__(Employee)
_LISTS: dict[Any, Any] = {
    kind: ListResponse.__class_getitem__(kind) for kind in (Employee, Group, ResourceType, Schema)
}


def list_users(request: HttpRequest, employer: Organization) -> HttpResponse:
    """The employees, or those whom the filter means."""
    rows = _jobs(employer).filter(filters.condition(request.GET.get("filter", "")))
    keys = rows.order_by("learner__made_at", "learner_id").values_list("learner", flat=True)
    start, count = _window(request)
    everybody = keys.distinct()
    wanted = list(everybody[start - 1 : start - 1 + count])
    return _list(request, _resources(employer, wanted), everybody.count(), start)


def make_user(request: HttpRequest, employer: Organization) -> HttpResponse:
    """Somebody new; who is on the list without the directory's doing becomes the directory's."""
    sent = Employee.model_validate(body(request), scim_ctx=Context.RESOURCE_CREATION_REQUEST)
    with transaction.atomic():
        actions.hold(employer)
        job = saving.make(employer, sent) if (known := _same(employer, sent)) is None else known
        if known is not None:
            job = saving.save(known, employee(known), _with_all_of(sent, known))
    made = employee(_loaded(job))
    return resource_answer(request, made, Context.RESOURCE_CREATION_RESPONSE, 201)


def _same(employer: Organization, sent: User) -> Employment | None:
    """Whoever the directory means, when it does not manage them yet.

    Raises:
        UniquenessException: it manages somebody of that name already.
    """
    if _jobs(employer).filter(user_name__iexact=sent.user_name).exists():
        raise UniquenessException(detail="There is a user with this userName.")
    email = saving.said(sent)["email"] or sent.user_name
    found = _jobs(employer).filter(user_name="", learner__email__iexact=email)
    # Whoever leaves is still seen on the last day, and the next one may have the mailbox already.
    name = saving.said(sent)["name"]
    return next(
        (
            job
            for job in found.order_by("joined_on", "pk")
            if is_active(job) or is_called(job.learner, name)
        ),
        None,
    )


def _with_all_of(sent: User, known: Employment) -> User:
    sent.id = str(known.learner_id)
    return sent


def show_user(request: HttpRequest, employer: Organization, user: str) -> HttpResponse:
    """One employee."""
    found = employee(_job(employer, user))
    response = resource_answer(request, found, _QUERY)
    if request.headers.get("If-None-Match") == response.headers.get("ETag"):
        return HttpResponse(status=304, headers={"ETag": response.headers["ETag"]})
    return response


@transaction.atomic
def replace_user(request: HttpRequest, employer: Organization, user: str) -> HttpResponse:
    """The employee as the directory has it now."""
    actions.hold(employer)
    job = _job(employer, user)
    before = _unchanged(request, job)
    sent = Employee.model_validate(body(request), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST)
    sent.replace(before)
    _require_free(employer, job, sent)
    after = employee(_loaded(saving.save(job, before, sent)))
    return resource_answer(request, after, Context.RESOURCE_REPLACEMENT_RESPONSE)


@transaction.atomic
def patch_user(request: HttpRequest, employer: Organization, user: str) -> HttpResponse:
    """Some attributes of an employee."""
    actions.hold(employer)
    job = _job(employer, user)
    before = _unchanged(request, job)
    after = before.model_copy(deep=True)
    patch = _PATCH.model_validate(as_sent(body(request)), scim_ctx=Context.RESOURCE_PATCH_REQUEST)
    patch.patch(after, scim_policy=POLICY)
    _require_free(employer, job, after)
    saved = employee(_loaded(saving.save(job, before, after)))
    return resource_answer(request, saved, Context.RESOURCE_PATCH_RESPONSE)


@transaction.atomic
def delete_user(request: HttpRequest, employer: Organization, user: str) -> HttpResponse:
    """The employee leaves, and the directory knows nothing of them any more."""
    actions.hold(employer)
    job = _job(employer, user)
    _unchanged(request, job)
    for each in _jobs(employer).filter(learner=job.learner_id):
        saving.forget(each)
    return HttpResponse(status=204)


def list_groups(request: HttpRequest, employer: Organization) -> HttpResponse:
    """The units of the employer."""
    rows = Organization.objects.filter(pk__in=with_units([employer.pk])).order_by("name", "pk")
    if name := _display_name(request.GET.get("filter", "")):
        rows = rows.filter(name__iexact=name)
    start, count = _window(request)
    found = [group(unit) for unit in rows[start - 1 : start - 1 + count]]
    return _list(request, found, rows.count(), start)


def show_group(request: HttpRequest, employer: Organization, group_id: str) -> HttpResponse:
    """One unit."""
    if UUID(group_id) not in with_units([employer.pk]):
        raise NotFoundException(detail="There is no such group.")
    return resource_answer(request, group(Organization.objects.get(pk=group_id)), _QUERY)


def about(request: HttpRequest, employer: Organization, kind: str, key: str = "") -> HttpResponse:
    """ServiceProviderConfig, ResourceTypes and Schemas: what we can do."""
    if kind == "ServiceProviderConfig" and PROVIDER.config and not key:
        return answer(PROVIDER.config.model_dump(scim_ctx=_QUERY))
    shown: list[Any] = [
        *(PROVIDER.resource_types if kind == "ResourceTypes" else ()),
        *(PROVIDER.schemas if kind == "Schemas" else ()),
    ]
    if key:
        shown = [one for one in shown if str(one.id).casefold() == key.casefold()]
        if not shown:
            raise NotFoundException(detail="There is nothing of that name.")
        return answer(shown[0].model_dump(scim_ctx=_QUERY))
    if "filter" in request.GET:  # RFC 7644, 4
        raise NotFoundException(detail="There is no filter here.")
    return _list(request, shown, len(shown), 1)


def nothing(request: HttpRequest, employer: Organization, rest: str = "") -> HttpResponse:
    """No such address."""
    raise NotFoundException(detail="There is nothing at this address.")


def _jobs(employer: Organization) -> QuerySet[Employment]:
    rows = Employment.objects.filter(is_seen(), employer=employer)
    return rows.select_related("learner", "unit", "employer")


def _job(employer: Organization, user: str) -> Employment:
    found = list(_jobs(employer).filter(learner=UUID(user)))
    if not found:
        raise NotFoundException(detail="There is no such user.")
    return main_job(found)


def _loaded(job: Employment) -> Employment:
    return Employment.objects.select_related("learner", "unit", "employer").get(pk=job.pk)


def _unchanged(request: HttpRequest, job: Employment) -> User:
    """The employee now, when it is still what the directory has seen."""
    now: User = employee(job)
    wanted = request.headers.get("If-Match", "")
    if wanted and now.meta and wanted not in ("*", now.meta.version):
        raise PreconditionFailedException(detail="It has changed since you saw it.")
    return now


def _require_free(employer: Organization, job: Employment, after: User) -> None:
    others = _jobs(employer).filter(user_name__iexact=after.user_name)
    if others.exclude(learner=job.learner_id).exists():
        raise UniquenessException(detail="There is a user with this userName.")


def _resources(employer: Organization, learners: list[UUID]) -> list[User]:
    """In the order of `learners`; one query."""
    jobs: dict[UUID, list[Employment]] = {}
    for job in _jobs(employer).filter(learner__in=learners):
        jobs.setdefault(job.learner_id, []).append(job)
    return [employee(main_job(jobs[key])) for key in learners]


def _window(request: HttpRequest) -> tuple[int, int]:
    """The first and how many; too small numbers count as the smallest (RFC 7644, 3.4.2.4)."""
    start = _number(request.GET.get("startIndex", "1"))
    count = _number(request.GET.get("count", str(MOST_RESULTS)))
    return max(start, 1), min(max(count, 0), MOST_RESULTS)


def _number(text: str) -> int:
    try:
        return min(int(text), _LARGEST_NUMBER)
    except ValueError as error:
        raise InvalidValueException(detail="startIndex and count are whole numbers.") from error


def _list(request: HttpRequest, found: list[Any], total: int, start: int) -> HttpResponse:
    kind = type(found[0]) if found else Employee
    made = _LISTS[kind](
        total_results=total, start_index=start, items_per_page=len(found), resources=found
    )
    return answer(made.model_dump(scim_ctx=_QUERY, **asked_for(request)))


def _display_name(text: str) -> str:
    """Of `displayName eq "…"`, which is how a directory looks for a group."""
    name, _space, rest = text.strip().partition(" eq ")
    return rest.strip().strip('"') if name.casefold() == "displayname" else ""
