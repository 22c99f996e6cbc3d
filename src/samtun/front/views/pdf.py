"""Printable documents, made on request."""

import hashlib
import threading
from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.queries.region_booklet import rows_covering
from samtun.directory.queries.service_page import complete, service_called, services_called
from samtun.documents import pdf
from samtun.documents.content import Booklet
from samtun.documents.errors import DocumentError
from samtun.front import paper
from samtun.front.asking import slugs_in
from samtun.front.frame import Frame, frame_of
from samtun.front.offer import Offer
from samtun.people.access import public

Content = TypeVar("Content")
PATIENCE = 45.0  # seconds to wait for somebody else's booklet
_one_booklet = threading.Lock()  # a booklet takes a core for seconds and some hundred megabytes
_last_booklets: dict[str, bytes] = {}
_KEPT_BOOKLETS = 4


@public
@require_safe
def service_pdf(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """One service."""
    frame = frame_of(region)
    details = service_called(slug)
    if (
        details is None
        or details.service.status not in PUBLIC_STATUSES
        or not details.covers(frame.scope.numbers)
    ):
        raise Http404
    complete([details])
    offer = Offer(details, frame, timezone.now())
    name = frame.scope.slug if offer.is_sensitive else slug
    response = answer(request, paper.sheet(offer), pdf.service_pdf, name)
    if offer.is_sensitive:
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
    return response


@public
@require_safe
def my_list_pdf(request: HttpRequest, region: str) -> HttpResponse:
    """The list in the address."""
    frame = frame_of(region)
    wanted = slugs_in(request.GET.get("t", ""))
    now = timezone.now()
    offers = [Offer(each, frame, now) for each in services_called(wanted)]
    if not offers:
        raise Http404
    address = f"{frame.url}liste/?t={','.join(each.service.slug for each in offers)}"
    content = paper.list_sheet(offers, frame, address, offers[0].today)
    return answer(request, content, pdf.list_pdf, f"{frame.scope.slug}-liste")


@public
@require_safe
def booklet(request: HttpRequest, region: str) -> HttpResponse:
    """The whole region's map."""
    frame = frame_of(region)
    found = rows_covering(frame.scope.numbers)
    if not found:
        raise Http404
    content = paper.booklet(found, frame, timezone.localdate())
    return answer(request, content, _booklet_pdf, _booklet_name(frame))


def _booklet_name(frame: Frame) -> str:
    return slugify(f"{frame.scope.slug}-hefte-{frame.language}")


def _booklet_pdf(content: Booklet) -> bytes:
    """The booklet, made by one thread of this process at a time and kept until it changes.

    Raises:
        DocumentError: it could not be made, or others are waiting for theirs.
    """
    key = _fingerprint(content)
    if key in _last_booklets:
        return _last_booklets[key]
    if not _one_booklet.acquire(timeout=PATIENCE):
        raise DocumentError
    try:
        if key not in _last_booklets:
            made = pdf.booklet_pdf(content)
            while len(_last_booklets) >= _KEPT_BOOKLETS:
                _last_booklets.pop(next(iter(_last_booklets)), None)
            _last_booklets[key] = made
        return _last_booklets[key]
    finally:
        _one_booklet.release()


def _fingerprint(content: object) -> str:
    """The same for the same content; `content` is plain values all the way down."""
    return hashlib.sha256(repr(content).encode()).hexdigest()[:32]


def answer(
    request: HttpRequest,
    content: Content,
    make: Callable[[Content], bytes],
    name: str,
) -> HttpResponse:
    """The document, or that the reader's own copy is still right, or a page that is sorry."""
    etag = quote_etag(_fingerprint(content))
    unchanged: HttpResponse | None = get_conditional_response(request, etag)
    if unchanged is not None:
        return _with_headers(unchanged, etag)
    try:
        made = make(content)
    except DocumentError as error:
        return _sorry(request, str(error))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return _with_headers(response, etag)


def _sorry(request: HttpRequest, reason: str) -> HttpResponse:
    """What to do when no document came."""
    page_url = request.path
    for ending in ("pdf/", "hefte/", "plakat/", "program/"):
        page_url = page_url.removesuffix(ending)
    context = {"reason": reason, "page_url": page_url}
    response = render(request, "front/errors/no_document.html", context, status=503)
    response["Retry-After"] = "60"
    return response


def _with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response
