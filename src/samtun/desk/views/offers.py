"""The offers that somebody looks after."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samtun.desk.offers.address import public_address
from samtun.desk.offers.filters import filters_for, wanted_in
from samtun.desk.offers.work import number
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.directory.queries.offer_list import offers_found
from samtun.people.access import requires
from samtun.people.rules import may


@requires("directory.view_service")
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """The list, with words, filters and pages."""
    wanted = wanted_in(request.GET)
    found = offers_found(request.user, wanted, number(request.GET.get("side")) or 1)
    context = {
        "found": found,
        "rows": [(service, public_address(service)) for service in found.services],
        "wanted": wanted,
        "query": request.GET.urlencode(),
        "filters": filters_for(request.user, wanted, get_language() or "nb"),
        "pages": pages(request, found.page, found.last),
        "may_add": may(request.user, "directory.add_service"),
        "may_add_organization": may(request.user, "organisations.add_organization"),
        "bulk_url": reverse("desk:bulk") if may(request.user, "directory.change_service") else "",
    }
    return page(request, "desk/offers.html", context, room="offers")
