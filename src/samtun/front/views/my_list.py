"""My list: the address holds it, the server keeps nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samtun.directory.queries.listed import listings_called
from samtun.front import answers, rows
from samtun.front.asking import slugs_in
from samtun.front.frame import frame_of
from samtun.people.access import public


@public
@require_safe
def my_list(request: HttpRequest, region: str) -> HttpResponse:
    """The services named in `t`, in that order; those that are gone are told about."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    wanted = slugs_in(request.GET.get("t", ""))
    found = listings_called(wanted)
    kept = [slug for slug in wanted if slug in found]
    style = rows.Style.of(frame, timezone.localdate())
    joined = ",".join(kept)
    context = {
        "count": len(kept),
        "missing": [slug for slug in wanted if slug not in found],
        "rows": rows.together(rows.kept_row(found[slug], style, kept) for slug in kept),
        "more_url": answers.address(f"{frame.url}sok/", liste=joined),
        "share_url": f"{settings.PUBLIC_URL}{frame.url}liste/?t={joined}",
        "pdf_url": f"{frame.url}liste/pdf/?t={joined}",
        "contact": answers.first_contact(frame),
    }
    return render(request, "front/my_list.html", frame.context() | context)
