"""A learner's own calendar: days on which something is due, and group sessions (RFC 5545).

A due date is a day (`VALUE=DATE`), so no time zone can move it; a session is by the clock on the
wall in Norway. Identifiers are those of the rows, so that a date that moves stays one entry.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Event as Component

from samtun.events.ical.calendars import calendar, subscribed
from samtun.events.ical.dates import add_times
from samtun.events.ical.lines import plain, stored
from samtun.learning.enums import ObligationState
from samtun.learning.models import GroupSession, Learner, ModuleVersion
from samtun.learning.queries.obligations import why_in_words
from samtun.learning.queries.plans import ActiveItem, active_items

STAYS = timedelta(days=90)  # how long a session that is over is still in the calendar


def feed(learner: Learner, language: str) -> str:
    """Due dates and group sessions of `learner`, as a calendar to subscribe to."""
    with translation.override(language):
        address = settings.PUBLIC_URL + reverse("front:my_learning")
        days = [stored(_due(one, language, address)) for one in _to_do(learner)]
        sessions = [stored(one) for one in _sessions(learner, language, address)]
        return calendar([*days, *sessions], subscribed(gettext("My training")))


def _to_do(learner: Learner) -> Iterator[ActiveItem]:
    """What has a date and is not done; the same item in two jobs once, by its earlier date."""
    seen = set()
    for one in active_items(learner):
        row, key = one.obligation, (one.plan.pk, one.item.key)
        if row.state == ObligationState.OPEN and row.due_on and key not in seen:
            seen.add(key)
            yield one


def _due(one: ActiveItem, language: str, address: str) -> Component:
    row = one.obligation
    on = row.due_on or row.opened_on  # `_to_do` gives those that have a date
    made = _begun(str(row.pk), datetime.combine(row.opened_on, time(), UTC))
    made.add("dtstart", on)
    made.add("dtend", on + timedelta(days=1))
    made.add("summary", gettext("Due: %(title)s") % {"title": plain(one.item.title)})
    made.add("description", f"{plain(why_in_words(row, language))}\n{address}")
    made.add("url", address)
    made.add("transp", "TRANSPARENT")
    return made


def _sessions(learner: Learner, language: str, address: str) -> Iterator[Component]:
    """Of the units where the learner works today, and those they were at."""
    rows = list(_visible(learner, timezone.localdate()))
    titles = _titles({row.module_id for row in rows}, language)
    for row in rows:
        made = _begun(str(row.pk), row.starts_at.astimezone(UTC))
        add_times(made, row.starts_at, row.starts_at + timedelta(minutes=row.minutes))
        title = titles.get(row.module_id, row.module.slug)
        made.add("summary", gettext("Together: %(title)s") % {"title": plain(title)})
        made.add("location", plain(row.unit.name))
        made.add("url", address)
        yield made


def _visible(learner: Learner, today: date) -> Iterator[GroupSession]:
    jobs = learner.employments.filter(Q(left_on__isnull=True) | Q(left_on__gte=today))
    own = Q(unit__in=jobs.values("unit")) | Q(participants__learner=learner)
    rows = GroupSession.objects.filter(own, starts_at__gt=timezone.now() - STAYS).distinct()
    yield from rows.select_related("module", "unit").order_by("starts_at", "pk")


def _titles(modules: set[UUID], language: str) -> dict[UUID, str]:
    """In the reader's language, else in any there is."""
    rows = ModuleVersion.objects.filter(module__in=modules, is_current=True)
    found = rows.values_list("module_id", "language", "content__title")
    ordered = sorted(found, key=lambda row: row[1] == language)
    return {module: title for module, _language, title in ordered}


def _begun(uid: str, changed_at: datetime) -> Component:
    made = Component()
    made.add("uid", uid)
    made.add("dtstamp", changed_at.replace(microsecond=0))
    return made
