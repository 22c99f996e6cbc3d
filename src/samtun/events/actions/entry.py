"""Who may sign up now, and for how many: a new party, one that grows, one that moves."""

from django.utils import timezone

from samtun.events.actions import books
from samtun.events.enums import EventStatus, SignUp
from samtun.events.errors import Cancelled, Closed, NoSignUp, NotOpenYet, TooLarge
from samtun.events.models import Intake
from samtun.people.models import User


def refuse_unless_open(intake: Intake, by: User | None) -> None:
    """The organiser may sign somebody up before the first and after the last day.

    Raises:
        SignUpError: the kind that says why not.
    """
    event = intake.event
    if event.sign_up == SignUp.NONE:
        raise NoSignUp
    if event.status == EventStatus.DRAFT:
        raise NotOpenYet
    if event.status == EventStatus.ARCHIVED or intake.is_tallied:
        raise Closed
    if not books.is_held(intake):
        raise Cancelled
    if by is None:
        _refuse_visitors(intake)


def _refuse_visitors(intake: Intake) -> None:
    opens_on = intake.event.opens_on
    if opens_on and timezone.localdate() < opens_on:
        raise NotOpenYet(opens_on)
    if books.is_past_closing(intake):
        raise Closed


def refuse_too_large(size: int, intake: Intake, by: User | None) -> None:
    """A party can always fit one day; an organiser may write up more than a visitor.

    Raises:
        TooLarge: it cannot, or is more than one may bring.
    """
    limits = [] if intake.capacity is None else [intake.capacity]
    if by is None:
        limits.append(intake.event.maximum_party)
    if limits and size > min(limits):
        raise TooLarge(min(limits))
