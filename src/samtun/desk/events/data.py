"""An event as the fields of its form: what the page shows before anybody typed."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from samtun.desk.events import questions as event_questions
from samtun.desk.events.texts import KEYS, languages_shown
from samtun.desk.events.when import Span, Stored
from samtun.directory.editing.form_widgets import Data
from samtun.directory.enums import Taxonomies
from samtun.events.enums import EventKind, EventStatus, Occasion, OccurrenceStatus, SignUp
from samtun.events.models import Event
from samtun.organisations.queries import region_scopes
from samtun.people.models import User

_PLAIN = (
    "language", "occasion", "room", "join_url", "minimum_age", "maximum_age", "consent_age",
    "sign_up", "capacity", "maximum_party", "answer_hours", "closes_hours_before", "opens_on",
    "remind_hours_before", "contact_name", "contact_phone", "contact_email", "keep_until",
    "keep_reason",
)  # fmt: skip
_TICKS = (
    "meets_in_person", "meets_online", "is_for_children", "has_waiting_list", "asks_municipality",
    "evaluates",
)  # fmt: skip
_YES_NO = {True: "yes", False: "no", None: ""}


def data_of(event: Event) -> Data:
    """The fields that show `event`; seven queries."""
    data = _plain(event)
    data["organization"] = str(event.organization_id)
    data["location"] = str(event.location_id or "")
    data["service"] = str(event.service_id or "")
    data["is_free"] = _YES_NO[event.is_free]
    data["children_welcome"] = _YES_NO[event.children_welcome]
    data.setlist("co_organizers", [str(one.pk) for one in event.co_organizers.all()])
    _add_municipalities(data, (one.pk for one in event.municipalities.all()))
    _add_terms(data, event)
    _add_texts(data, event)
    for name, text in event_questions.fields_of(event.questions):
        data[name] = text
    for name, values in stored_when(event).fields():
        data.setlist(name, values)
    return data


def _plain(event: Event) -> Data:
    data = Data()
    for name in _PLAIN:
        value = getattr(event, name)
        data[name] = "" if value is None else str(value)
    for name in _TICKS:
        if getattr(event, name):
            data[name] = "on"
    return data


def stored_when(event: Event) -> Stored:
    """When `event` is, with the dates that were chosen by hand and still hold."""
    return Stored(
        kind=event.kind,
        spans=chosen_dates(event),
        rrule=event.rrule,
        starts_at=event.starts_at,
        minutes=event.minutes,
    )


def chosen_dates(event: Event) -> tuple[Span, ...]:
    """The dates chosen by hand that still hold, in order; one query."""
    found = event.occurrences.filter(
        rule_starts_at__isnull=True, status=OccurrenceStatus.SCHEDULED
    ).order_by("starts_at")
    return tuple(found.values_list("starts_at", "ends_at"))


def cancelled_dates(event: Event, besides: Iterable[Span]) -> list[Span]:
    """The dates chosen by hand that do not hold any more; they stay known as cancelled."""
    found = event.occurrences.filter(
        rule_starts_at__isnull=True, status=OccurrenceStatus.CANCELLED
    ).exclude(starts_at__in=[begins for begins, _ends in besides])
    return list(found.order_by("starts_at").values_list("starts_at", "ends_at"))


def _add_municipalities(data: Data, numbers: Iterable[str]) -> None:
    """A whole region is one tick."""
    left = set(numbers)
    whole = [one for one in region_scopes() if one.numbers and one.numbers <= left]
    data.setlist("regions", [one.slug for one in whole])
    for one in whole:
        left -= one.numbers
    data.setlist("municipalities", sorted(left))


def _add_terms(data: Data, event: Event) -> None:
    rows = list(event.terms.order_by("code").values_list("taxonomy__slug", "code"))
    data.setlist("needs", [code for slug, code in rows if slug == Taxonomies.NEEDS])
    data.setlist("target_groups", [code for slug, code in rows if slug == Taxonomies.TARGET_GROUPS])


def _add_texts(data: Data, event: Event) -> None:
    translations: dict[str, Any] = event.translations
    data.setlist("in_language", languages_shown(event.language, list(translations)))
    for language in data.getlist("in_language"):
        for key in KEYS:
            text = (
                getattr(event, key)
                if language == event.language
                else translations.get(language, {}).get(key, "")
            )
            data[f"{language}-{key}"] = text


def new_data(person: User, language: str, organizations: Iterable[str]) -> Data:
    """What a new event begins with: what can be known beforehand."""
    blank = Event(
        kind=EventKind.ONE_OFF,
        status=EventStatus.DRAFT,
        occasion=Occasion.MEETING_PLACE,
        sign_up=SignUp.NONE,
        language=language if language in {"nb", "nn"} else "nb",
        starts_at=None,
        meets_in_person=False,
        contact_name=person.name,
        contact_email=person.email,
        made_at=timezone.now(),
    )
    data = _plain(blank)
    data["kind"] = EventKind.ONE_OFF.value
    data["rhythm"] = "weekly"
    data.setlist("in_language", languages_shown(blank.language, []))
    own = list(organizations)
    if len(own) == 1:
        data["organization"] = own[0]
    return data
