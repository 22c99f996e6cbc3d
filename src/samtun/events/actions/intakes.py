"""The seats of a date or a course: how many there are, open or closed, offers that run out."""

from django.db import transaction

from samtun.events.actions import books
from samtun.events.actions.offering import expire_offers, fill
from samtun.events.errors import SeatsAreTaken
from samtun.events.models import Intake
from samtun.people import audit
from samtun.people.models import User

__all__ = ["close", "expire_offers", "fill", "reopen", "set_capacity"]


@transaction.atomic
def set_capacity(*, intake: Intake, capacity: int | None, by: User | None) -> Intake:
    """So many seats, None for no limit; more of them are offered to those who wait.

    Raises:
        SeatsAreTaken: more are taken or offered than that.
    """
    fresh = books.locked(intake)
    if capacity is not None and capacity < fresh.taken:
        raise SeatsAreTaken(fresh.taken)
    if capacity == fresh.capacity:
        return fresh
    fresh.capacity = capacity
    fresh.save(update_fields=["capacity"])
    fill(fresh)
    if by:
        details: dict[str, object] = {"capacity": capacity}
        audit.record("intake.capacity_changed", by=by, about=fresh.event, details=details)
    return fresh


def close(*, intake: Intake, by: User | None) -> Intake:
    """Take no more sign-ups from visitors, and offer no more seats; offers already made stand."""
    return _set_closed(intake, is_closed=True, by=by)


def reopen(*, intake: Intake, by: User | None) -> Intake:
    """Take sign-ups again, and offer what is free to those who wait."""
    return _set_closed(intake, is_closed=False, by=by)


@transaction.atomic
def _set_closed(intake: Intake, *, is_closed: bool, by: User | None) -> Intake:
    fresh = books.locked(intake)
    if fresh.is_closed == is_closed:
        return fresh
    fresh.is_closed = is_closed
    fresh.save(update_fields=["is_closed"])
    fill(fresh)
    if by and is_closed:
        audit.record("intake.closed", by=by, about=fresh.event)
    elif by:
        audit.record("intake.reopened", by=by, about=fresh.event)
    return fresh
