"""Meetings in words, as the desk says them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samtun.events.enums import Channel, NoticeKind, OccurrenceStatus
from samtun.events.models import Event, Intake, Occurrence, Party
from samtun.events.notices import channel_of
from samtun.organisations.texts import Text


def name(event: Event) -> Text:
    """What it is called, in the reader's language where it has that."""
    return event.text("name", get_language() or "nb")


def moment(at: datetime) -> str:
    """A day and an hour, e.g. "onsdag 25. november kl. 18.00"."""
    local = timezone.localtime(at)
    pattern = "l j. F" if local.year == timezone.localdate().year else "l j. F Y"
    parts = {"day": date_format(local, pattern), "time": date_format(local, "H:i")}
    return _("%(day)s at %(time)s") % parts


def when(dates: Sequence[Occurrence]) -> str:
    """When an intake is, in short: the one date, or the first and how many."""
    held = [one for one in dates if one.status == OccurrenceStatus.SCHEDULED] or list(dates)
    if not held:
        return _("No date yet")
    first = moment(held[0].starts_at)
    if len(held) == 1:
        return first
    said = ngettext("%(count)d time, first %(day)s", "%(count)d times, first %(day)s", len(held))
    return said % {"count": len(held), "day": first}


def begins(intake: Intake) -> str:
    """When it begins, for a list to choose from, with how many seats are free."""
    day = moment(intake.starts_at) if intake.starts_at else _("No date yet")
    if intake.free is None:
        return day
    free = ngettext("%(count)d seat free", "%(count)d seats free", intake.free)
    return f"{day} ({free % {'count': intake.free}})"


def called(party: Party) -> str:
    """A party by name; some have none."""
    return party.name or _("Without a name")


def how_told(party: Party, kind: NoticeKind) -> str:
    """How a party hears of what was just done."""
    match channel_of(party, kind):
        case Channel.EMAIL:
            return _("They get a letter about it.")
        case Channel.PHONE:
            return _("They have no e-mail: they are on the list of calls to make.")
        case _:
            return _("They left no address: it says so on their own page.")


def left(until: datetime) -> str:
    """How long there is left to answer."""
    hours = int((until - timezone.now()).total_seconds() // 3600)
    if hours < 1:
        return _("less than an hour left")
    if hours < 48:
        return ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours}
    days = hours // 24
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
