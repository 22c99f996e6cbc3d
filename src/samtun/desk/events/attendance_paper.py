"""Who comes as the list on paper says it: no more than whoever stands at the door needs."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.desk.events import words
from samtun.desk.events.party_forms import question_labels
from samtun.documents.event_content import AttendanceList, AttendanceRow
from samtun.events.enums import Consent, OccurrenceStatus, QuestionKind
from samtun.events.models import Event, Intake, Occurrence, Party
from samtun.events.queries.parties import dates_of, listed

# What somebody at the door must know; ages are for the planning.
_ON_THE_DAY = (
    QuestionKind.ALLERGIES,
    QuestionKind.INTERPRETER,
    QuestionKind.ACCESS,
    QuestionKind.OTHER,
)


def attendance_list(intake: Intake, *, with_contact: bool = False) -> AttendanceList:
    """Those who have seats, then those who wait; `intake` with its event. Three queries."""
    event, language = intake.event, get_language() or "nb"
    found, labels = listed(intake), question_labels(event, language)
    dates = [one for one in dates_of(intake) if one.status == OccurrenceStatus.SCHEDULED]
    return AttendanceList(
        language=language,
        name=words.name(event).value,
        made_on=timezone.localdate(),
        dates=tuple(_day(one, dates) for one in dates),
        where=_where(event),
        rows=tuple(_row(one, labels, with_contact=with_contact) for one in found.coming),
        waiting=tuple(_row(one, labels, with_contact=with_contact) for one in found.waiting),
        capacity=intake.capacity,
        is_example=event.is_example,
    )


def _where(event: Event) -> str:
    """The place and the room; a secret place is on no paper."""
    place = event.location
    if place is not None and place.is_confidential:
        return ""
    name = place.name if place else ""
    return ", ".join(filter(None, (name, event.room)))


def _day(one: Occurrence, dates: Sequence[Occurrence]) -> str:
    """The day and the hour; with many dates there is room for the day only."""
    if len(dates) == 1:
        return capfirst(words.moment(one.starts_at))
    local = timezone.localtime(one.starts_at)
    return f"{local.day}.{local.month}."


def _row(party: Party, labels: dict[str, str], *, with_contact: bool) -> AttendanceRow:
    reach = " · ".join(filter(None, (party.phone, party.email)))
    return AttendanceRow(
        name=party.name,
        size=party.size,
        notes=tuple(_notes(party, labels)),
        contact=reach if with_contact else "",
    )


def _notes(party: Party, labels: dict[str, str]) -> Iterator[str]:
    if party.consent == Consent.ASKED:
        yield _("A grown-up has not said yes yet")
    for kind in _ON_THE_DAY:
        if answer := party.answers.get(kind):
            asked = labels.get(kind) if kind == QuestionKind.OTHER else ""
            yield f"{asked or kind.label}: {answer}"
