"""What of the training waits for a person."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from samtun.desk.waiting.cards import Card, Line, Urgency
from samtun.learning.actions.employees import counts_on
from samtun.learning.enums import SessionState
from samtun.learning.models import Employment, FollowUp, GroupSession
from samtun.learning.queries.checklists import due_follow_ups
from samtun.learning.queries.employees import CHANGE, employees_of
from samtun.learning.queries.sessions import sessions_of, titles_of
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.grants import grants_of
from samtun.people.models import User

_LINES = 5
_DAYS = 60


def cards(person: User) -> Iterator[Card]:
    """What units decided, names at sessions that nobody has matched, and wrong addresses."""
    yield from (_follow_ups(person), _names(person), _wrong_addresses(person))


def _follow_ups(person: User) -> Card:
    """In the units that they lead; one query."""
    reach = grants_of(person).reach_of([RoleKind.LEADER, RoleKind.ORGANISATION_EDITOR])
    found: list[FollowUp] = []
    if reach:
        units = Organization.objects.filter(reach.condition()).values("pk")
        found = due_follow_ups(units, timezone.localdate())
    return Card(
        key="follow_ups",
        title=gettext("What you decided together"),
        count=len(found),
        lines=[_follow_up(each) for each in found[:_LINES]],
        urgency=Urgency.YOURS,
        icon="check",
        about=gettext("It is due now or soon. Say when it is done."),
    )


def _follow_up(each: FollowUp) -> Line:
    due = gettext("by %(day)s") % {"day": date_format(each.due_on, "j. F")} if each.due_on else ""
    return Line(
        title=each.text,
        note=" · ".join(filter(None, (each.unit.name, each.who, due))),
        url=reverse("desk:checklists", args=[each.unit_id]),
    )


def _names(person: User) -> Card:
    """At the sessions that they led; two queries."""
    since = timezone.now() - timedelta(days=_DAYS)
    held = sessions_of(person).filter(
        leader=person, state=SessionState.CLOSED, opened_at__gte=since
    )
    waiting = Count("participants", filter=Q(participants__evidence=None))
    found = list(held.annotate(names=waiting).filter(names__gt=0).order_by("opened_at"))
    titles = titles_of([one.module for one in found[:_LINES]], get_language() or "nb")
    return Card(
        key="session_names",
        title=gettext("Who was at the session?"),
        count=len(found),
        lines=[_session(one, titles[one.module_id]) for one in found[:_LINES]],
        urgency=Urgency.SOMEBODY_WAITS,
        icon="people",
        about=gettext("They have learnt it, and get the proof when you say who they are."),
    )


def _session(one: GroupSession, title: str) -> Line:
    number: int = getattr(one, "names", 0)
    said = ngettext("%(count)d without proof", "%(count)d without proof", number)
    return Line(
        title=title,
        note=" · ".join((one.unit.name, said % {"count": number})),
        url=reverse("desk:session_people", args=[one.pk]),
    )


def _wrong_addresses(person: User) -> Card:
    """Of employees, where whoever has the address has said that it is not them; one query."""
    wrong = employees_of(person, CHANGE).filter(counts_on(timezone.localdate()))
    rows = wrong.exclude(denied_email="").select_related("learner", "unit")
    found = list(rows.order_by("learner__name", "pk"))
    return Card(
        key="wrong_addresses",
        title=gettext("Wrong e-mail addresses"),
        count=len(found),
        lines=[_wrong_address(each) for each in found[:_LINES]],
        urgency=Urgency.YOURS,
        icon="people",
        about=gettext("Whoever has the address says that they are not this employee."),
    )


def _wrong_address(each: Employment) -> Line:
    url = reverse("desk:employee", args=[each.pk])
    return Line(title=each.learner.name, note=each.unit.name, url=url)
