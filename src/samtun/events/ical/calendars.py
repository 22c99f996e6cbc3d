"""A calendar around its VEVENTs."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from icalendar import Calendar, vDuration, vText

from samtun.events.ical.lines import plain, stored
from samtun.events.ical.zone import OSLO
from samtun.events.recurrence import OSLO as OSLO_ZONE

_PRODID = "-//Samtun//Samtun//NO"
_PAUSE = timedelta(hours=6)
_END = "END:VCALENDAR\r\n"


def calendar(dates: Iterable[str], head: Mapping[str, object] | None = None) -> str:
    """The calendar of `dates`, which are VEVENTs as texts; `head` are its own properties."""
    made = Calendar()
    made.add("prodid", _PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for name, value in (head or {}).items():
        made.add(name, value)
    return "".join((stored(made).removesuffix(_END), OSLO, *dates, _END))


def subscribed(name: str) -> dict[str, object]:
    """The properties of a calendar that others come back for; `name` as they see it.

    No METHOD: nobody is asked for anything, and RFC 5546 would want an organiser in each date.
    """
    shown = plain(name)
    return {
        "name": shown,
        "x-wr-calname": shown,
        "x-wr-timezone": str(OSLO_ZONE),
        "refresh-interval": vDuration(_PAUSE, params={"VALUE": "DURATION"}),
        "x-published-ttl": vText("PT6H"),  # the same for older programs
    }
