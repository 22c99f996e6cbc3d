"""The same change to many services: one transaction, a version each, and a word on each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from samtun.directory.editing.document import Document
from samtun.directory.editing.errors import EditingError, NotYours
from samtun.directory.editing.saving import Change, Edit, Outcome, change_all
from samtun.directory.enums import ServiceStatus, VersionReason
from samtun.directory.models import Service
from samtun.organisations.models import Organization
from samtun.people.models import User


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one service. Neither changed nor `error`: it was so already."""

    service: Service
    is_changed: bool = False
    error: EditingError | None = None


@transaction.atomic
def change_owner(
    services: Iterable[Service],
    *,
    by: User,
    organization: Organization | None = None,
    keeper: User | None = None,
    assurer_email: str | None = None,
) -> list[Result]:
    """Hand services to an organisation, to a keeper who has an account, or to an address.

    A keeper with an account takes the place of an address, and the other way round.
    """
    new: dict[str, object] = {}
    if organization is not None:
        new["organization"] = str(organization.pk)
    if keeper is not None:
        new |= {"keeper": str(keeper.pk), "assurer_email": ""}
    elif assurer_email is not None:
        new |= {"keeper": None, "assurer_email": assurer_email}
    return _each(services, lambda current: {**current, **new}, by, "service.handed_over")


@transaction.atomic
def change_coverage(
    services: Iterable[Service],
    *,
    by: User,
    add: Collection[str] = (),
    remove: Collection[str] = (),
) -> list[Result]:
    """Say of services that they cover the municipalities `add`, and no longer those of `remove`."""

    def edit(current: Document) -> object:
        return {**current, "covers": sorted({*current["covers"], *add} - {*remove})}

    return _each(services, edit, by, "service.changed")


@transaction.atomic
def tag(
    services: Iterable[Service],
    *,
    by: User,
    add: Collection[str] = (),
    remove: Collection[str] = (),
    field: str = "needs",
) -> list[Result]:
    """Add and remove `needs`, or the words of `target_groups` or `keywords`."""

    def edit(current: Document) -> object:
        words: list[str] = current[field]  # type: ignore[literal-required]  # one of three
        return {**current, field: [word for word in [*words, *add] if word not in remove]}

    return _each(services, edit, by, "service.changed")


@transaction.atomic
def archive_many(services: Iterable[Service], *, by: User) -> list[Result]:
    """Take services off the map; they are kept."""
    new = {"status": str(ServiceStatus.DEFUNCT), "publish_on": None, "end_on": None}
    return _each(services, lambda current: {**current, **new}, by, "service.archived")


def _each(services: Iterable[Service], edit: Edit, by: User, action: str) -> list[Result]:
    """In the order given; what `by` may not change is refused, and the rest is done."""
    wanted = list({service.pk: service for service in services}.values())
    change = Change(by, VersionReason.BULK, action=action, asks_leave=True)
    outcomes = change_all([service.pk for service in wanted], edit, change)
    done = {outcome.service.pk: outcome for outcome in outcomes}
    return [_result(service, done.get(service.pk)) for service in wanted]


def _result(service: Service, outcome: Outcome | None) -> Result:
    if outcome is None:  # it is gone
        return Result(service, error=NotYours())
    return Result(outcome.service, bool(outcome.fields), outcome.error)
