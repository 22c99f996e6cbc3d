"""An event as schema.org describes one, for search engines and assistants (JSON-LD).

Nothing here that is not on the page: no join address, no confidential place, nobody who comes.
"""

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from samtun.events.enums import EventKind, Occasion, SignUp
from samtun.events.queries.calendar import Dated
from samtun.events.recurrence import OSLO
from samtun.front.event_facts import Happening
from samtun.front.structured_data import element

_MOST_DATES = 12
_EDUCATION = (Occasion.COPING_COURSE, Occasion.THEME_EVENING, Occasion.PROFESSIONAL_DAY)
_ROOM = {"come", "room", "few"}


def json_ld(happening: Happening) -> SafeString:
    """The event as the content of a `script` element."""
    return element({"@context": "https://schema.org"} | _thing(happening))


def _thing(event: Happening) -> dict[str, Any]:
    chosen, focus = event.details.chosen, event.details.focus
    if event.is_course:
        return _course(event)
    if event.event.kind == EventKind.SERIES and chosen is None:
        dates = [_date(event, row) for row in event.details.dates[:_MOST_DATES]]
        return _common(event, "EventSeries") | {"subEvent": dates}
    return _date(event, focus) if focus else _common(event, _type(event))


def _course(event: Happening) -> dict[str, Any]:
    rows = event.details.dates
    instance: dict[str, Any] = {"@type": "CourseInstance"}
    if rows:
        instance |= _when(event, rows[0]) | {"endDate": _iso(rows[-1], "ends_at")}
        instance["subEvent"] = [
            {"@type": "Event", "name": event.texts["name"].text} | _when(event, row) for row in rows
        ]
        instance["offers"] = _offer(event)
    common = _common(event, "Course")
    common["provider"] = common.pop("organizer")
    where = {key: common.pop(key) for key in ("location", "eventAttendanceMode")}
    mode = {(True, True): "Blended", (True, False): "Onsite"}.get(_ways(event), "Online")
    return common | {"hasCourseInstance": instance | where | {"courseMode": mode}}


def _date(event: Happening, row: Dated) -> dict[str, Any]:
    theme = f": {row.theme}" if row.theme and row.language == event.frame.language else ""
    path = f"{event.url}{row.id}/" if row.kind == EventKind.SERIES else event.url
    url = settings.PUBLIC_URL + path
    own = {"@id": url, "url": url, "name": event.texts["name"].text + theme}
    return _common(event, _type(event)) | own | _when(event, row) | {"offers": _offer(event, row)}


def _common(event: Happening, kind: str) -> dict[str, Any]:
    url = settings.PUBLIC_URL + event.url
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": event.texts["name"].text,
        "description": event.texts["summary"].text or event.texts["description"].text[:500],
        "inLanguage": event.texts["name"].lang or event.frame.language,
        "organizer": {
            "@type": "Organization",
            "name": event.event.organization.name,
            "url": event.event.organization.website,
        },
        "eventAttendanceMode": _mode(event),
        "location": _location(event),
        "isAccessibleForFree": event.event.is_free,
        "typicalAgeRange": _ages(event),
    }


def _type(event: Happening) -> str:
    if event.event.is_for_children:
        return "ChildrensEvent"
    return "EducationEvent" if event.event.occasion in _EDUCATION else "SocialEvent"


def _when(event: Happening, row: Dated) -> dict[str, Any]:
    status = "EventRescheduled" if row.is_moved else "EventScheduled"
    if row.is_cancelled:
        status = "EventCancelled"
    found = {
        "startDate": _iso(row, "starts_at"),
        "endDate": _iso(row, "ends_at"),
        "eventStatus": f"https://schema.org/{status}",
    }
    if row.is_moved and not row.is_cancelled:
        found["previousStartDate"] = _iso(row, "rule_starts_at")
    return found


def _iso(row: Dated, field: str) -> str:
    moment: str = getattr(row, field).astimezone(OSLO).isoformat(timespec="seconds")
    return moment


def _ways(event: Happening) -> tuple[bool, bool]:
    return event.event.meets_in_person, event.event.meets_online


def _mode(event: Happening) -> str:
    names = {(True, True): "Mixed", (False, True): "Online"}
    return f"https://schema.org/{names.get(_ways(event), 'Offline')}EventAttendanceMode"


def _location(event: Happening) -> list[dict[str, Any]]:
    in_person, online = _ways(event)
    found: list[dict[str, Any]] = []
    if in_person and event.place:
        location = event.details.location
        found.append(
            {
                "@type": "Place",
                "name": event.place.name.text,
                "address": event.place.address,
                "geo": {
                    "@type": "GeoCoordinates",
                    "latitude": location.latitude,
                    "longitude": location.longitude,
                }
                if location and location.latitude is not None
                else None,
            }
        )
    if online:  # the way in is told to those who have signed up; this page tells how
        url = settings.PUBLIC_URL + event.url
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _offer(event: Happening, row: Dated | None = None) -> dict[str, Any] | None:
    found = row or event.details.focus
    if found is None or event.event.sign_up == SignUp.NONE:
        return None
    line_state = event.state_of(found)
    if line_state in {"over", "cancelled"}:
        return None
    available = "InStock" if line_state in _ROOM else "SoldOut"
    return {
        "@type": "Offer",
        "price": "0" if event.event.is_free else None,
        "priceCurrency": "NOK" if event.event.is_free else None,
        "description": event.texts["price"].text,
        "availability": f"https://schema.org/{available}",
        "url": f"{settings.PUBLIC_URL}{event.url}",
    }


def _ages(event: Happening) -> str:
    first, last = event.event.minimum_age, event.event.maximum_age
    if first is None and last is None:
        return ""
    return f"{first or 0}-{'' if last is None else last}"
