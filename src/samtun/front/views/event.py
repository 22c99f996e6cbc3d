"""The page of an event, and of one of its dates."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from samtun.directory.enums import Taxonomies
from samtun.events.enums import EventKind
from samtun.events.queries.calendar import coming, dated, one_of_each
from samtun.events.queries.event_page import event_called
from samtun.events.queries.wanted import Wanted
from samtun.front import answers, event_rows
from samtun.front.event_facts import Happening
from samtun.front.event_lines import date_lines
from samtun.front.event_structured_data import json_ld
from samtun.front.frame import frame_of
from samtun.front.page_qr import page_qr
from samtun.people.access import public

NEAR = 3
_LOOKED_AT = 30  # dates read to find so many other events


@public
@require_safe
def event_page(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """An event with its dates."""
    return _page(request, region, slug, None)


@public
@require_safe
def occurrence_page(request: HttpRequest, region: str, slug: str, occurrence: UUID) -> HttpResponse:
    """One date of an event."""
    return _page(request, region, slug, occurrence)


def _page(request: HttpRequest, region: str, slug: str, occurrence: UUID | None) -> HttpResponse:
    """What is no public event of the region is answered like what does not exist."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    details = event_called(frame.scope.numbers, slug, occurrence)
    if details is None:
        raise Http404
    if occurrence and details.event.kind != EventKind.SERIES:
        return redirect(event_rows.event_url(frame, slug))
    happening = Happening(details, frame, timezone.now())
    response = render(request, "front/calendar/event.html", frame.context() | context(happening))
    if happening.is_sensitive:
        response["Referrer-Policy"] = "no-referrer"
        patch_cache_control(response, no_store=True)
    return response


def context(happening: Happening) -> dict[str, Any]:
    """Everything `front/calendar/event.html` reads."""
    frame, name = happening.frame, happening.texts["name"].text
    address = settings.PUBLIC_URL + happening.own_url
    feed = settings.PUBLIC_URL + happening.links["feed"]
    return {
        "event": happening,
        "first_dates": date_lines(happening, happening.first_lines),
        "more_dates": date_lines(happening, happening.more_lines),
        "is_date": happening.details.chosen is not None,
        "is_example": happening.is_example,
        "share_url": address,
        "qr": page_qr(address, name),
        "webcal_url": "webcal://" + feed.partition("://")[2],
        "json_ld": json_ld(happening),
        "near": _near(happening) if happening.is_over or happening.is_event_cancelled else "",
        "contact": answers.first_contact(frame),
        "trail": [
            {"name": frame.name.value, "url": frame.home_url},
            {"name": gettext("What happens"), "url": f"{frame.url}kalender/"},
            {"name": name, "url": happening.url},
        ],
    }


def _near(happening: Happening) -> SafeString:
    """What comes soon and is about the same, for who came too late; else whatever comes soon."""
    frame = happening.frame
    needs = tuple(happening.details.terms[Taxonomies.NEEDS])
    rows = []
    for wanted in (Wanted(frame.scope.numbers, needs=needs), Wanted(frame.scope.numbers)):
        found = coming(wanted.occurrences()).exclude(event=happening.event)
        rows = one_of_each(dated(found, 0, _LOOKED_AT), NEAR)
        if rows:
            break
    return event_rows.dated_rows(rows, event_rows.Style.of(frame, happening.now))
