"""Telling us that something is wrong, or missing: no account, no cookie, no picture puzzle.

The forms carry no CSRF token: it guards people who are signed in against being led to press
something, and here nobody is. A cookie for it would be the first that a visitor gets.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.keeping import suggestions
from samtun.directory.queries.service_page import complete, service_called
from samtun.front import answers, robots_trap
from samtun.front.forms import ErrorForm, MissingForm
from samtun.front.frame import Frame, frame_of
from samtun.front.offer import Offer
from samtun.organisations.models import Municipality, Region
from samtun.people.access import public

_MISSING = "foresla"
_pages = require_http_methods(["GET", "HEAD", "POST"])
Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
Form = ErrorForm | MissingForm


def _unkept(view: View[Rest]) -> View[Rest]:
    """Nobody between us keeps the page, and no other site is told where the visitor was."""

    @wraps(view)
    def unkept(request: HttpRequest, /, *args: Rest.args, **address: Rest.kwargs) -> HttpResponse:
        response = view(request, *args, **address)
        response["Referrer-Policy"] = "no-referrer"
        patch_cache_control(response, no_store=True, private=True)
        return response

    return unkept


@public
@csrf_exempt
@_unkept
@_pages
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
            sender=_sender(request),
        )

    return _page(request, frame, form, send, name=slug, template="error", context=context)


@public
@csrf_exempt
@_unkept
@_pages
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
            sender=_sender(request),
        )

    return _page(request, frame, form, send, name=_MISSING, template="missing", context={})


@public
@_unkept
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
    shown |= _trap(request, name, caught) | context
    return render(request, f"front/tell/{template}.html", shown, status=status)


def _trap(request: HttpRequest, name: str, caught: robots_trap.Caught | None) -> dict[str, Any]:
    """A person who was too quick keeps the old stamp, so that the wait is soon over."""
    keeps = caught in {robots_trap.Caught.QUICK, robots_trap.Caught.FILLED}
    return {
        "stamp": request.POST[robots_trap.STAMP] if keeps else robots_trap.stamp(name),
        "stamp_field": robots_trap.STAMP,
        "trap_field": robots_trap.FIELD,
        "caught": caught,
    }


def _offer(frame: Frame, slug: str) -> Offer:
    """The offer as everybody sees it; what is not public here does not exist."""
    details = service_called(slug)
    if details is None or details.service.status not in PUBLIC_STATUSES:
        raise Http404
    if not details.covers(frame.scope.numbers):
        raise Http404
    complete([details])
    return Offer(details, frame, timezone.now())


def _sender(request: HttpRequest) -> str:
    """The visitor's address as the proxies in front tell it; it is counted, and never kept."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""
