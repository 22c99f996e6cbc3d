"""Telling us that something is wrong, or missing: no account, no cookie, no picture puzzle.

The forms carry no CSRF token: it guards people who are signed in against being led to press
something, and here nobody is. A cookie for it would be the first that a visitor gets.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.keeping import suggestions
from samtun.directory.queries.service_page import complete, service_called
from samtun.front import answers, robots_trap
from samtun.front.forms import ErrorForm, MissingForm
from samtun.front.frame import Frame, frame_of
from samtun.front.offer import Offer
from samtun.front.private import private, sender_of, trap
from samtun.organisations.models import Municipality, Region

_MISSING = "foresla"
Form = ErrorForm | MissingForm


@private
def error(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """Something on the page of an offer is not right."""
    frame = frame_of(region)
    offer = _offer(frame, slug)
    form = ErrorForm(request.POST or None)
    context = {"offer": offer, "service": offer.service, "is_sensitive": offer.is_sensitive}

    def send() -> None:
        suggestions.report_error(
            service=offer.service,
            region=Region(pk=frame.scope.id),
            text=form.text(),
            email=form.cleaned_data["epost"],
            language=frame.language,
            sender=sender_of(request),
        )

    return _page(request, frame, form, send, name=slug, template="error", context=context)


@private
def missing(request: HttpRequest, region: str) -> HttpResponse:
    """An offer that the map lacks."""
    frame = frame_of(region)
    form = MissingForm(request.POST or None, municipalities=frame.scope.municipalities)

    def send() -> None:
        number = form.cleaned_data["kommune"]
        suggestions.propose(
            region=Region(pk=frame.scope.id),
            municipality=Municipality(pk=number) if number else None,
            text=form.text(),
            document=form.document(frame.language),
            email=form.cleaned_data["epost"],
            language=frame.language,
            sender=sender_of(request),
        )

    return _page(request, frame, form, send, name=_MISSING, template="missing", context={})


@private
@require_safe
def thanks(request: HttpRequest, region: str) -> HttpResponse:
    """What was sent has come in."""
    frame = frame_of(region)
    return render(request, "front/tell/thanks.html", frame.context())


def _page(
    request: HttpRequest,
    frame: Frame,
    form: Form,
    send: Callable[[], None],
    *,
    name: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The form; with its errors and all that was written when it could not be taken."""
    name = f"{frame.scope.slug}/{name}"
    caught, status = None, 200
    if request.method == "POST":
        caught, status = robots_trap.caught(name, request.POST), 422
        if form.is_valid() and caught is None:
            try:
                send()
            except suggestions.TooMany as refusal:
                context, status = context | {"refusal": str(refusal)}, 429
            else:
                return redirect(reverse("front:told", args=[frame.scope.slug]))
    shown = frame.context() | {"form": form, "contact": answers.first_contact(frame)}
    shown |= trap(request, name, caught) | context
    return render(request, f"front/tell/{template}.html", shown, status=status)


def _offer(frame: Frame, slug: str) -> Offer:
    """The offer as everybody sees it; what is not public here does not exist."""
    details = service_called(slug)
    if details is None or details.service.status not in PUBLIC_STATUSES:
        raise Http404
    if not details.covers(frame.scope.numbers):
        raise Http404
    complete([details])
    return Offer(details, frame, timezone.now())
