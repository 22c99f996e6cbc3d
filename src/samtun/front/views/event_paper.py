"""Posters and the month on paper, made on request."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from samtun.documents import pdf
from samtun.events.queries import calendar as dates
from samtun.events.queries.event_page import event_called
from samtun.front import event_paper
from samtun.front.calendar_asked import calendar_asked, month_parameter, next_month
from samtun.front.event_facts import Happening
from samtun.front.frame import frame_of
from samtun.front.views.pdf import answer
from samtun.people.access import public

MOST_DATES = 400  # of a month: more than any region has


@public
@require_safe
def poster(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """An event on one page."""
    frame = frame_of(region)
    details = event_called(frame.scope.numbers, slug)
    if details is None:
        raise Http404
    happening = Happening(details, frame, timezone.now())
    name = frame.scope.slug if happening.is_sensitive else slug
    response = answer(request, event_paper.poster(happening), pdf.poster_pdf, f"{name}-plakat")
    if happening.is_sensitive:
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
    return response


@public
@require_safe
def programme(request: HttpRequest, region: str) -> HttpResponse:
    """A month, narrowed as the calendar is; what is over is left out."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    asked, now = calendar_asked(request.GET, frame), timezone.now()
    today = timezone.localdate(now)
    is_month = asked.view == "month" and asked.first
    first = asked.first if is_month and asked.first else today.replace(day=1)
    last = next_month(first) - timedelta(days=1)
    within = dates.between(asked.wanted.occurrences(), first, last)
    if first == today.replace(day=1):
        within = dates.coming(within)
    rows = dates.dated(within, 0, MOST_DATES)
    content = event_paper.programme(rows, asked, frame, now, first)
    name = f"{frame.scope.slug}-{month_parameter(first)}"
    return answer(request, content, pdf.programme_pdf, name)
