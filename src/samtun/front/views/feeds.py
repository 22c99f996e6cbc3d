"""Calendars to subscribe to, and single dates to take home: public, the same for everybody."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from samtun.events.ical import feeds
from samtun.events.ical.invitations import occurrence_calendar
from samtun.events.queries.wanted import Wanted
from samtun.front.frame import Frame, frame_of
from samtun.organisations.models import Organization
from samtun.people.access import public

CONTENT_TYPE = "text/calendar; charset=utf-8"
_FRESH_FOR = 900  # seconds; calendars come back every few hours anyway


def webcal(address: str) -> str:
    """The same address for a program that subscribes: what a "subscribe" link holds."""
    return f"webcal://{address.partition('://')[2]}"


def feed_url(frame: Frame, query: str = "", *, slug: str = "") -> str:
    """The whole address of a feed: of the region, narrowed by `query`, or of the event `slug`."""
    of_event = f"kalender/{slug}/" if slug else ""
    tail = f"?{query}" if query else ""
    return f"{settings.PUBLIC_URL}{frame.url}{of_event}kalender.ics{tail}"


@public
@require_safe
def region(request: HttpRequest, region: str) -> HttpResponse:
    """What happens in a region, narrowed by the same parameters as its calendar page."""
    frame = frame_of(region)
    wanted = Wanted.from_query(request.GET, frame.scope.numbers)
    feed = feeds.Feed(wanted.events(), frame.language, _base(frame), _name(frame, wanted))
    # What is free changes without the event: only the tag can tell.
    return _answer(request, feed, region, is_dated=not wanted.has_room)


@public
@require_safe
def event(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """All dates of one event."""
    frame = frame_of(region)
    found = Wanted(frame.scope.numbers).events().filter(slug=slug)
    name = get_object_or_404(found).text("name", frame.language).value
    return _answer(request, feeds.Feed(found, frame.language, _base(frame), name), slug)


@public
@require_safe
def occurrence(request: HttpRequest, region: str, slug: str, occurrence: UUID) -> HttpResponse:
    """One date."""
    frame = frame_of(region)
    dates = Wanted(frame.scope.numbers).occurrences().select_related("event__location", "location")
    found = get_object_or_404(dates, pk=occurrence, event__slug=slug)
    text = occurrence_calendar(found, frame.language, base=_base(frame))
    return _calendar(text, slug)


def _base(frame: Frame) -> str:
    return f"{settings.PUBLIC_URL}{frame.url}kalender/"


def _name(frame: Frame, wanted: Wanted) -> str:
    if wanted.organization:
        found = Organization.objects.filter(pk=wanted.organization).first()
        if found is None:
            raise Http404
        return found.text("name", frame.language).value
    return gettext("Meeting places in %(region)s") % {"region": frame.name.value}


def _answer(
    request: HttpRequest, feed: feeds.Feed, name: str, *, is_dated: bool = True
) -> HttpResponse:
    """The feed, or that nothing has changed since whoever asks was here last."""
    etag = feed.etag()
    changed_at = feeds.last_changed() if is_dated else None
    seconds = int(changed_at.timestamp()) if changed_at else None
    unchanged = get_conditional_response(request, etag=etag, last_modified=seconds)
    response = HttpResponse(status=200) if unchanged is None else unchanged
    if unchanged is None:
        response = _calendar(feed.text(), name)
    response["ETag"] = etag
    if changed_at:
        response["Last-Modified"] = http_date(seconds)
    patch_cache_control(response, public=True, max_age=_FRESH_FOR)
    return response


def _calendar(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
