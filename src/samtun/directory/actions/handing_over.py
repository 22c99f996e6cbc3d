"""When somebody leaves: what they looked after goes to a colleague, or shows as unowned."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from samtun.directory.models import Enquiry, Service, ServiceDraft
from samtun.people import audit
from samtun.people.actions import accounts, roles
from samtun.people.actions.administrators import nobody_left_out
from samtun.people.actions.roles import position_of
from samtun.people.enums import ADMINISTRATORS
from samtun.people.grants import not_over
from samtun.people.models import Role, User
from samtun.people.rules import may


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of it. What lies beyond the reach of whoever did it stays as it was."""

    given: int
    unowned: int
    services_left: int
    roles_ended: int
    roles_left: int
    is_closed: bool


@transaction.atomic
def hand_over(*, person: User, to: User | None, takes_roles: bool, by: User) -> HandedOver:
    """End the roles of `person` and give what they look after to `to`, in one step.

    A service that `to` may not change is left without a keeper, as all are when there is no `to`.
    With `takes_roles` the colleague also gets the roles of an administrator. Letters that asked
    `person` no longer hold. An account with no role left is closed.

    Raises:
        LastAdministratorError: something would be without anybody; nothing is changed then.
        NotYoursToGiveError: `to` would get a role that `by` may not give.
    """
    ending, staying = _roles(person, by)
    with nobody_left_out(ending):
        if to and takes_roles:
            _pass_on(ending, to, by)
        accounts.end_roles(roles=ending, by=by)
    given, unowned = _services(person, to, by)
    _drafts(person, to, by, leaves=not staying)
    if not staying:
        accounts.close(person=person, by=by)
    audit.record("person.handed_over", by=by, about=person, details={"given": given})
    return HandedOver(
        given=given,
        unowned=unowned,
        services_left=person.kept_services.count(),
        roles_ended=len(ending),
        roles_left=len(staying),
        is_closed=not staying,
    )


def _roles(person: User, by: User) -> tuple[list[Role], list[Role]]:
    rows = Role.objects.filter(not_over(), person=person)
    rows = rows.select_related("region", "municipality", "organization", "card")
    ending: list[Role] = []
    staying: list[Role] = []
    for role in rows.order_by("pk"):
        (ending if may(by, "people.change_role", role) else staying).append(role)
    return ending, staying


def _pass_on(ending: Iterable[Role], to: User, by: User) -> None:
    for role in ending:
        if role.kind in ADMINISTRATORS:
            roles.give(person=to, position=position_of(role), by=by)


def _services(person: User, to: User | None, by: User) -> tuple[int, int]:
    given = unowned = 0
    kept = Service.objects.filter(keeper=person).select_related("organization")
    for service in kept.order_by("pk"):
        if not may(by, "directory.change_service", service):
            continue
        keeper = to if to and may(to, "directory.change_service", service) else None
        Service.objects.filter(pk=service.pk).update(keeper=keeper)
        details: dict[str, object] = {"fields": ["keeper"]}
        audit.record("service.handed_over", by=by, about=service, details=details)
        given, unowned = (given + 1, unowned) if keeper else (given, unowned + 1)
    Enquiry.objects.filter(person=person, expires_at__gt=timezone.now()).update(
        expires_at=timezone.now()
    )
    return given, unowned


def _drafts(person: User, to: User | None, by: User, *, leaves: bool) -> None:
    """What was begun goes along, as far as both reach, except where the colleague has begun it.

    New offers go only with somebody who leaves for good: they may be about anything.
    """
    if to is None:
        return
    begun = ServiceDraft.objects.filter(person=to, service__isnull=False).values("service")
    drafts = ServiceDraft.objects.filter(person=person).exclude(service__in=begun)
    in_reach = [
        draft.pk
        for draft in drafts.select_related("service__organization")
        if (leaves if draft.service is None else _both_may(to, by, draft.service))
    ]
    ServiceDraft.objects.filter(pk__in=in_reach).update(person=to)


def _both_may(to: User, by: User, service: Service) -> bool:
    return all(may(one, "directory.change_service", service) for one in (to, by))
