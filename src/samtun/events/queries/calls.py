"""Who must be called: those who are to be told something and have only a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from samtun.events.enums import Channel, NoticeKind
from samtun.events.models import Event, Notice, Party
from samtun.events.notices import is_true
from samtun.events.rules import HOLDERS
from samtun.people.grants import Person, grants_of

MOST = 300
NOT_CALLED_FOR = (NoticeKind.EVALUATION,)  # asking how it was is not worth a call


@dataclass(frozen=True, slots=True)
class Call:
    """One call: a party, and everything it is to be told; `before` is when it is too late."""

    party: Party
    notices: Sequence[Notice]
    before: datetime | None

    @property
    def is_to_parent(self) -> bool:
        """Whether it is a child's parent who is asked."""
        return all(one.kind == NoticeKind.CONSENT for one in self.notices)

    @property
    def phone(self) -> str:
        """Whom to dial."""
        return self.party.guardian_phone if self.is_to_parent else self.party.phone


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls about one event, the most urgent first."""

    event: Event
    calls: Sequence[Call]


def waiting(person: Person) -> QuerySet[Notice]:
    """What `person` could call somebody about now; what is over is not worth a call."""
    reach = grants_of(person).reach(HOLDERS["events.change_party"])
    if not reach:
        return Notice.objects.none()
    now = timezone.now()
    over = Q(occurrence__ends_at__lt=now) | Q(
        occurrence__isnull=True, party__intake__ends_at__lt=now
    )
    return (
        Notice.objects.filter(
            reach.condition("party__intake__event__organization"),
            channel=Channel.PHONE,
            settled_at__isnull=True,
        )
        .exclude(kind__in=NOT_CALLED_FOR)
        .exclude(over)
    )


def calls_for(person: Person) -> list[Calls]:
    """All calls to make, by event, the most urgent event and call first; one query."""
    rows = waiting(person).select_related(
        "party__intake__event__organization", "occurrence", "message"
    )
    true = [one for one in rows.order_by("made_at", "pk")[:MOST] if is_true(one.party, one.kind)]
    true.sort(key=_whom)
    calls = [_call(list(found)) for _key, found in groupby(true, key=_whom)]
    calls.sort(key=_urgency)
    by_event: dict[Event, list[Call]] = {}
    for call in calls:
        by_event.setdefault(call.party.intake.event, []).append(call)
    return [Calls(event, found) for event, found in by_event.items()]


def _whom(notice: Notice) -> tuple[str, bool]:
    """A child and its parent are two calls."""
    return (notice.party_id.hex, notice.kind == NoticeKind.CONSENT)


def _call(notices: Sequence[Notice]) -> Call:
    party = notices[0].party
    moments = [_before(one) for one in notices]
    return Call(party, notices, min((one for one in moments if one), default=None))


def _before(notice: Notice) -> datetime | None:
    """When it is too late to tell."""
    if notice.kind == NoticeKind.OFFER and notice.party.answer_by:
        return notice.party.answer_by
    if notice.occurrence:
        return notice.occurrence.starts_at
    return notice.party.intake.starts_at


def _urgency(call: Call) -> tuple[bool, datetime, int]:
    """What nobody set a time for comes last."""
    return (call.before is None, call.before or timezone.now(), call.party.turn)
