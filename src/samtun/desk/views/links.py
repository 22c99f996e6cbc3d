"""Web addresses that lead nowhere, or elsewhere, and one click to mend each."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.directory.editing.errors import EditingError
from samtun.directory.keeping.links import mending
from samtun.directory.models import Link
from samtun.directory.queries import links as queries
from samtun.people.access import PersonRequest, requires

PAGE_SIZE = 30


@requires("directory.change_service")
@require_safe
def links(request: PersonRequest) -> HttpResponse:
    """Dead and moved addresses in what this person looks after, with the entries that use them."""
    found = Paginator(queries.broken_for(request.user), PAGE_SIZE)
    shown = found.get_page(request.GET.get("side"))
    context = {
        "links": shown.object_list,
        "count": found.count,
        "pages": pages(request, shown.number, found.num_pages),
    }
    return page(request, "desk/links.html", context)


@requires("directory.change_service")
@require_POST
def mend(request: PersonRequest, link: int) -> HttpResponse:
    """Do what the button says about one address, in this person's own entries only."""
    act = _ACTS.get(request.POST.get("svar", ""))
    found = get_object_or_404(queries.broken_for(request.user), pk=link)
    if act is None:
        raise Http404
    try:
        act(request, found)
    except EditingError as error:
        messages.error(request, str(error))
    return redirect("desk:links")


def _use(request: PersonRequest, link: Link) -> None:
    mine = queries.public_services_of(request.user).filter(links=link)
    count = mending.use_new_address(
        link, services=mine.select_related("organization"), by=request.user
    )
    said = ngettext(
        "The new address is in %(count)d offer.", "The new address is in %(count)d offers.", count
    )
    messages.success(request, said % {"count": count})


def _look_again(request: PersonRequest, link: Link) -> None:
    mending.look_again(link)
    messages.info(request, _("We look again within ten minutes."))


def _settle(request: PersonRequest, link: Link) -> None:
    mine = queries.public_services_of(request.user).filter(links=link)
    mending.settle(link, services=mine.select_related("organization"), by=request.user)
    messages.success(request, _("Good. You hear no more about it until something changes."))


_ACTS: dict[str, Callable[[PersonRequest, Link], None]] = {
    "ny": _use,
    "igjen": _look_again,
    "virker": _settle,
}
