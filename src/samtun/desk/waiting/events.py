"""What of the meetings waits for a person."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from samtun.desk.events import words
from samtun.desk.waiting.cards import Card, Line, Urgency
from samtun.events.queries import waiting
from samtun.events.queries.waiting import Kind, WaitingMeeting
from samtun.people.models import User


def cards(person: User) -> Iterator[Card]:
    """Every meeting that `person` could do something about; one query at most."""
    found = waiting.meetings(person)
    for kind, (urgency, icon, url, said) in _KINDS.items():
        title, about = said()
        ours = [each for each in found if each.kind == kind]
        yield Card(
            key=kind,
            title=title,
            count=ours[0].total if ours else 0,
            lines=[_line(each) for each in ours],
            urgency=urgency,
            icon=icon,
            url=reverse(url) if url else "",
            about=about,
        )


def _line(each: WaitingMeeting) -> Line:
    number = _NUMBERS[each.kind](each.number)
    when = words.moment(each.at) if each.at else ""
    view = {"calls": "desk:calls", "attendance": "desk:attendance"}.get(each.kind, "desk:intake")
    return Line(
        title=each.name,
        language=each.language,
        note=" · ".join(filter(None, (number, when))),
        url=reverse(view, args=[] if each.kind == "calls" else [each.id]),
    )


def _calls() -> tuple[str, str]:
    return (
        gettext("Calls to make"),
        gettext("They have no e-mail, and should know something. What to say stands there."),
    )


def _consent() -> tuple[str, str]:
    return (
        gettext("A parent has not answered"),
        gettext("It is soon. Call them, so that the child knows."),
    )


def _room() -> tuple[str, str]:
    return (
        gettext("Room for somebody who waits"),
        gettext("Sign-up has closed, so nobody is offered the place by itself. You can give it."),
    )


def _attendance() -> tuple[str, str]:
    return (
        gettext("How many came?"),
        gettext("It takes a minute while you remember it."),
    )


def _to_call(number: int) -> str:
    return ngettext("%(number)d to call", "%(number)d to call", number) % {"number": number}


def _not_answered(number: int) -> str:
    said = ngettext("%(number)d child waits", "%(number)d children wait", number)
    return said % {"number": number}


def _fit(number: int) -> str:
    said = ngettext("%(number)d could get a place", "%(number)d could get a place", number)
    return said % {"number": number}


_NUMBERS: dict[Kind, Callable[[int], str]] = {
    "calls": _to_call,
    "consent": _not_answered,
    "room": _fit,
    "attendance": lambda _number: "",
}
_KINDS: dict[Kind, tuple[Urgency, str, str, Callable[[], tuple[str, str]]]] = {
    "calls": (Urgency.SOMEBODY_WAITS, "phone", "desk:calls", _calls),
    "consent": (Urgency.SOMEBODY_WAITS, "barn-ung", "", _consent),
    "room": (Urgency.SOMEBODY_WAITS, "moteplass", "", _room),
    "attendance": (Urgency.YOURS, "check", "", _attendance),
}
