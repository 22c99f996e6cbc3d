"""Taking an offer off the map, bringing it back, and its history."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.desk.offers.history import comparison, history_rows
from samtun.desk.offers.work import number
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.desk.views.offer_edit import service_with
from samtun.directory.editing import actions, versions
from samtun.directory.editing.errors import Invalid
from samtun.directory.enums import ServiceStatus
from samtun.directory.models import Service, ServiceVersion
from samtun.people.access import requires
from samtun.people.models import User
from samtun.people.rules import may


@requires("directory.change_service", load=service_with)
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, service: Service) -> HttpResponse:
    """Ask whether it shall be taken off the map; a button does it."""
    if request.method != "POST":
        return page(request, "desk/offer_archive.html", {"service": service}, room="offers")
    actions.archive(service, by=cast("User", request.user))
    said = _("“%(name)s” is off the map. You can bring it back.")
    messages.success(request, said % {"name": service.name})
    return redirect("desk:offer", service.pk)


@requires("directory.change_service", load=service_with)
@require_POST
def reopen(request: HttpRequest, service: Service) -> HttpResponse:
    """Make it a draft again."""
    if service.status == ServiceStatus.DEFUNCT:
        actions.reopen(service, by=cast("User", request.user))
        messages.success(request, _("It is a draft now. Look it over, and publish it."))
    return redirect("desk:offer", service.pk)


@requires("directory.view_service", load=service_with)
@require_safe
def history(request: HttpRequest, service: Service) -> HttpResponse:
    """Every version; two of them side by side."""
    kept = versions.versions_of(service)
    old, new = number(request.GET.get("fra")), number(request.GET.get("til"))
    now = number(request.GET.get("side")) or 1
    rows, total = history_rows(service, kept, now)
    context = {
        "service": service,
        "rows": rows,
        "pages": pages(request, now, total),
        "compared": comparison(service, kept, old, new),
        "may_change": may(request.user, "directory.change_service", service),
    }
    return page(request, "desk/offer_history.html", context, room="offers")


@requires("directory.change_service", load=service_with)
@require_POST
def restore(request: HttpRequest, service: Service) -> HttpResponse:
    """Bring back what a version said."""
    wanted = number(request.POST.get("version"))
    try:
        actions.restore(service, wanted or 0, cast("User", request.user))
    except ServiceVersion.DoesNotExist as error:
        raise Http404 from error
    except Invalid as error:
        messages.error(request, str(error))
    else:
        said = _("Version %(number)s is back. What was there before is kept as a version too.")
        messages.success(request, said % {"number": wanted})
    return redirect("desk:offer_history", service.pk)
