"""How many came to a date: those who signed up, party by party, and those who just came.

Numbers are what they are said to be, never one more: a tap that is sent twice on a weak line counts
once. The trail says who began to take attendance of a date, not every tap.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.events.actions.errors import NotPossible
from samtun.events.enums import OccurrenceStatus, PartyState
from samtun.events.models import Attendance, Headcount, Occurrence, Party
from samtun.organisations.models import Municipality
from samtun.people import audit
from samtun.people.models import User

MOST_OF_A_PARTY = 50
MOST_AT_ONCE = 5_000


def may_be_taken(occurrence: Occurrence) -> bool:
    """Whether it is time: on the day and after, unless cancelled or forgotten."""
    begun = timezone.localdate(occurrence.starts_at) <= timezone.localdate()
    is_held = occurrence.status == OccurrenceStatus.SCHEDULED
    return begun and is_held and not occurrence.intake.is_tallied


@transaction.atomic
def mark(*, party: Party, occurrence: Occurrence, present: int | None, by: User) -> None:
    """Write that `present` of the party came, which may be none; None: it is not known.

    Raises:
        NotPossible: it is not the day yet, or the party has no seats there.
    """
    _ask_whether_it_is_time(occurrence)
    if party.intake_id != occurrence.intake_id or party.state != PartyState.CONFIRMED:
        raise NotPossible(_("They are not on the list any more."))
    _record_the_first(occurrence, by)
    rows = Attendance.objects.filter(party=party, occurrence=occurrence)
    if present is None:
        rows.delete()
        return
    Attendance.objects.update_or_create(
        party=party,
        occurrence=occurrence,
        defaults={"present": min(max(present, 0), MOST_OF_A_PARTY)},
    )


@transaction.atomic
def count(
    *,
    occurrence: Occurrence,
    municipality: Municipality | None,
    people: int,
    first_time: int = 0,
    by: User,
) -> None:
    """Write that `people` from the municipality (None: not told) came without signing up.

    `first_time` of them were there for the first time; never more than `people`.

    Raises:
        NotPossible: it is not the day yet.
    """
    _ask_whether_it_is_time(occurrence)
    _record_the_first(occurrence, by)
    people = min(max(people, 0), MOST_AT_ONCE)
    if not people:
        Headcount.objects.filter(occurrence=occurrence, municipality=municipality).delete()
        return
    Headcount.objects.update_or_create(
        occurrence=occurrence,
        municipality=municipality,
        defaults={"people": people, "first_time": min(max(first_time, 0), people)},
    )


def _ask_whether_it_is_time(occurrence: Occurrence) -> None:
    if not may_be_taken(occurrence):
        raise NotPossible(_("Attendance is taken from the day itself, while the list is kept."))


def _record_the_first(occurrence: Occurrence, by: User) -> None:
    is_begun = (
        Attendance.objects.filter(occurrence=occurrence).exists()
        or Headcount.objects.filter(occurrence=occurrence).exists()
    )
    if not is_begun:
        details: dict[str, object] = {"occurrence": str(occurrence.pk)}
        audit.record("attendance.taken", by=by, about=occurrence.event, details=details)
