"""Certificates: the page where anyone checks one, the paper, and the badge."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtun.directory.keeping import limits
from samtun.documents.certificate import certificate_pdf
from samtun.documents.certificate_pages import duration
from samtun.documents.words import written_date
from samtun.front.my_learning_paper import address_of, why_withdrawn
from samtun.front.my_learning_paper import paper as paper_of
from samtun.front.private import private, sender_of
from samtun.front.views.pdf import answer
from samtun.learning import badges
from samtun.learning.models import Certificate
from samtun.learning.queries.certificates import certificate_called

_MOST_TRIES = 600  # that were wrong, a day, from one network; as with the codes of sessions
_TRIES = "certificate_code"


@private  # what is typed may be somebody's code: it stands in no address, and nothing is kept
def check(request: HttpRequest) -> HttpResponse:
    """Where the code of a paper is typed, and what it says. There is no search by name."""
    code = request.POST.get("kode", "").strip()
    if not code:
        return render(request, "front/certificate/check.html", {"code": ""})
    if not _may_try(request):
        return render(request, "front/certificate/check.html", {"is_too_much": True}, status=429)
    if found := _found(request, code):
        return _page(request, found)
    return render(request, "front/certificate/check.html", {"code": code[:80]}, status=404)


@private  # a name is on it: not indexed, not kept, not told to other sites
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper says, and whether it holds. Nothing more."""
    if found := _found(request, code):
        return _page(request, found)
    return render(request, "front/certificate/unknown.html", status=404)


def _may_try(request: HttpRequest) -> bool:
    return limits.has_left(sender_of(request), purpose=_TRIES, most=_MOST_TRIES)


def _found(request: HttpRequest, code: str) -> Certificate | None:
    """The certificate. Codes are not guessed by trying; only what is wrong counts."""
    found = certificate_called(code) if _may_try(request) else None
    if found is None:
        limits.may_send(sender_of(request), purpose=_TRIES, most=_MOST_TRIES)
    return found


def _page(request: HttpRequest, found: Certificate) -> HttpResponse:
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
    found = _found(request, code)
    if found is None or not found.facts:
        raise Http404
    response = answer(request, paper_of(found), certificate_pdf, f"kursbevis-{found.code[:9]}")
    response["Cache-Control"] = "no-store"
    return response


@private
@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a wallet: Open Badges 3.0, not signed. One that is withdrawn gives none."""
    found = _found(request, code)
    if found is None or not found.facts or found.withdrawn_at:
        raise Http404
    made = badges.badge(found, url=address_of(found), issuer_url=settings.PUBLIC_URL)
    response = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="badge-{found.code[:9]}.json"'
    return response
