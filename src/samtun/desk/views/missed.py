"""What people search for and do not find."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.directory.keeping.missed import settle
from samtun.directory.models import MissedSearch
from samtun.directory.queries.missed import missed_for
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

PAGE_SIZE = 50


def search_with(search: int) -> MissedSearch:
    """The search of that number."""
    return get_object_or_404(MissedSearch.objects.select_related("region"), pk=search)


@requires("directory.view_missed_search")
@require_safe
def missed(request: PersonRequest) -> HttpResponse:
    """Words that found nothing, the most often first."""
    found = Paginator(missed_for(request.user), PAGE_SIZE)
    shown = found.get_page(request.GET.get("side"))
    language = get_language() or "nb"
    context = {
        "rows": [(one, one.region.name(language), _try(one)) for one in shown.object_list],
        "pages": pages(request, shown.number, found.num_pages),
        "may_add": may(request.user, "directory.add_service"),
        "may_settle": may(request.user, "directory.settle_missed_search"),
    }
    return page(request, "desk/missed.html", context)


@requires("directory.settle_missed_search", load=search_with)
@require_POST
def seen_to(request: PersonRequest, search: MissedSearch) -> HttpResponse:
    """It is not shown again."""
    settle(search, by=request.user)
    messages.success(request, _("“%(words)s” is seen to.") % {"words": search.words})
    return redirect("desk:missed")


def _try(search: MissedSearch) -> str:
    address = reverse("front:search", args=[search.region.slug])
    return f"{address}?{urlencode({'q': search.words})}"
