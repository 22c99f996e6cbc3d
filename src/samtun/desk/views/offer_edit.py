"""Writing and changing an offer."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.offers.address import public_address
from samtun.desk.offers.work import Work
from samtun.desk.page import page
from samtun.directory.editing import forms
from samtun.directory.editing.errors import TooLarge
from samtun.directory.editing.form_preview import Preview
from samtun.directory.models import Service
from samtun.people.access import requires
from samtun.people.models import User
from samtun.people.rules import may


def service_with(service: UUID) -> Service:
    """The service of that identifier, public or not."""
    found = Service.objects.select_related("organization__parent_organization")
    if one := found.filter(pk=service).first():
        return one
    raise Http404


@requires("directory.add_service")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new offer."""
    work = Work(request, cast("User", request.user), None)
    return work.answer() if request.method == "POST" else work.first_page()


@requires("directory.view_service", load=service_with)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, service: Service) -> HttpResponse:
    """The form of an offer; those who only read are shown how it looks."""
    may_change = may(request.user, "directory.change_service", service)
    work = Work(request, cast("User", request.user), service)
    if request.method == "POST":
        if not may_change:
            raise Http404
        return work.answer()
    if may_change:
        return work.first_page()
    choices = forms.choices_for(work.person, work.document, work.language)
    preview = Preview(work.document, choices, work.language)
    context = {"service": service, "preview": preview, "public_url": public_address(service)}
    return page(request, "desk/offer_read.html", context, room="offers")


def _kept(work: Work) -> JsonResponse:
    """When it was kept; 413 for more than anybody types."""
    try:
        draft = work.keep()
    except TooLarge as error:
        return JsonResponse({"error": str(error)}, status=413)
    kept_at = date_format(timezone.localtime(draft.changed_at), "TIME_FORMAT")
    return JsonResponse({"saved": kept_at, "draft": str(draft.pk)})


@requires("directory.add_service")
@require_POST
def keep_new(request: HttpRequest) -> HttpResponse:
    """Keep what is typed of a new offer."""
    return _kept(Work(request, cast("User", request.user), None))


@requires("directory.change_service", load=service_with)
@require_POST
def keep(request: HttpRequest, service: Service) -> HttpResponse:
    """Keep what is typed."""
    return _kept(Work(request, cast("User", request.user), service))


@requires("directory.add_service")
@require_POST
def preview_new(request: HttpRequest) -> HttpResponse:
    """How a new offer will look."""
    work = Work(request, cast("User", request.user), None)
    return render(request, "desk/offer_aside.html", work.fragment())


@requires("directory.change_service", load=service_with)
@require_POST
def preview(request: HttpRequest, service: Service) -> HttpResponse:
    """How the offer will look with what is typed."""
    work = Work(request, cast("User", request.user), service)
    return render(request, "desk/offer_aside.html", work.fragment())
