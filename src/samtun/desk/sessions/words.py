"""Group sessions in words, and what all their pages show at the top."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.desk.events.words import moment
from samtun.documents.qr import qr_svg
from samtun.learning.enums import SessionState
from samtun.learning.models import GroupSession
from samtun.learning.queries import sessions as queries
from samtun.learning.queries.sessions import Step
from samtun.people.models import User
from samtun.people.rules import may


@dataclass(frozen=True, slots=True)
class Clocked:
    """A point of the agenda with when it begins and ends by the plan."""

    number: int
    step: Step
    begins: str
    ends: str
    note: str


def clocked(session: GroupSession) -> list[Clocked]:
    """The agenda by the clock, counted from when it began, or is to begin."""
    at = session.opened_at or session.starts_at
    found = []
    for number, each in enumerate(session.agenda):
        ends = at + timedelta(minutes=each["minutes"])
        note = str(session.notes.get(each["id"], ""))
        found.append(Clocked(number, each, hours(at), hours(ends), note))
        at = ends
    return found


def hours(at: datetime) -> str:
    """The time of day, in Norway."""
    return date_format(timezone.localtime(at), "H:i")


def head(session: GroupSession, person: User) -> dict[str, Any]:
    """What every page of a session shows."""
    titles = queries.titles_of([session.module], session.language)
    return {
        "session": session,
        "title": titles[session.module_id],
        "moment": moment(session.starts_at),
        "is_planned": session.state == SessionState.PLANNED,
        "is_open": session.state == SessionState.OPEN,
        "is_closed": session.state == SessionState.CLOSED,
        "is_leader": session.leader_id == person.pk,
        "may_see_names": queries.may_see_names(person, session),
        "may_see_colleagues": queries.may_see_colleagues(person, session),
        "reaches_unit": may(person, "learning.lead_session", session.unit),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """A session in a list."""

    session: GroupSession
    title: str
    moment: str
    people: int


def rows(sessions: Iterable[GroupSession]) -> list[Row]:
    """Sessions with their titles; one query more."""
    sessions = list(sessions)
    titles = queries.titles_of([one.module for one in sessions], get_language() or "nb")
    return [
        Row(one, titles[one.module_id], moment(one.starts_at), getattr(one, "people", 0))
        for one in sessions
    ]


def join_address(session: GroupSession) -> str:
    """Where one comes in, as it is scanned; in the language of the session."""
    with translation.override(session.language):
        return settings.PUBLIC_URL + reverse("front:join", args=[session.code])


def join_page() -> str:
    """Where the code is typed, as one reads it aloud."""
    address = settings.PUBLIC_URL + reverse("front:join")
    return address.partition("://")[2]


def join_code(session: GroupSession) -> Any:  # noqa: ANN401  (safe HTML)
    """The picture to point a phone at."""
    return mark_safe(qr_svg(join_address(session), title=_("The way in")))  # noqa: S308  (ours)


def first_names(names: Iterable[str]) -> list[str]:
    """As much of each name as a projector needs."""
    return [name.split()[0] if name.split() else _("Without a name") for name in names]
