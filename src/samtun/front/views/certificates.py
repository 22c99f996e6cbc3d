"""Certificates: the page where anyone checks one, the paper, and the badge."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samtun.documents.certificate import certificate_pdf
from samtun.documents.certificate_pages import duration
from samtun.documents.words import written_date
from samtun.front.my_learning_paper import address_of, why_withdrawn
from samtun.front.my_learning_paper import paper as paper_of
from samtun.front.private import private
from samtun.front.views.pdf import answer
from samtun.learning import badges
from samtun.learning.queries.certificates import certificate_called
from samtun.people.access import public


@public
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Where the code of a paper is typed. There is no search by name."""
    code = request.GET.get("kode", "").strip()
    found = certificate_called(code) if code else None
    if found:
        return redirect("front:certificate", code=found.code)
    return render(request, "front/certificate/check.html", {"code": code[:80]})


@private  # a name is on it: not indexed, not kept, not told to other sites
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper says, and whether it holds. Nothing more."""
    found = certificate_called(code)
    if found is None:
        return render(request, "front/certificate/unknown.html", status=404)
    if not found.facts:
        return render(request, "front/certificate/forgotten.html", status=410)
    shown = paper_of(found)
    context = {
        "paper": shown,
        "withdrawn": why_withdrawn(found),
        "length": duration(shown.minutes),
        "done_on": written_date(shown.done_on),
    }
    return render(request, "front/certificate/certificate.html", context)


@private
@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The same as PDF/UA."""
    found = certificate_called(code)
    if found is None or not found.facts:
        raise Http404
    response = answer(request, paper_of(found), certificate_pdf, f"kursbevis-{found.code[:9]}")
    response["Cache-Control"] = "no-store"
    return response


@private
@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a wallet: Open Badges 3.0, not signed. One that is withdrawn gives none."""
    found = certificate_called(code)
    if found is None or not found.facts or found.withdrawn_at:
        raise Http404
    made = badges.badge(found, url=address_of(found), issuer_url=settings.PUBLIC_URL)
    response = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="badge-{found.code[:9]}.json"'
    return response
