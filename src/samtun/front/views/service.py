"""The page of one service."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from samtun.directory.enums import PUBLIC_STATUSES, ServiceStatus
from samtun.directory.models import Service
from samtun.directory.queries.service_page import Details, complete, service_called, was_public
from samtun.front import answers, happening_soon, rows
from samtun.front.frame import Frame, frame_of
from samtun.front.offer import Offer
from samtun.front.page_qr import page_qr
from samtun.front.similar import similar
from samtun.front.structured_data import json_ld
from samtun.organisations.queries import region_scopes
from samtun.people.access import public


@public
@require_safe
def service_page(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """One service: what it is and what to do now. Kind about what is gone or covers others."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    details = service_called(slug)
    if details is None or not _is_known(details.service):
        return _gone(request, frame, None)
    if details.service.status not in PUBLIC_STATUSES or not details.covers(frame.scope.numbers):
        return _gone(request, frame, details)
    complete([details])
    offer = Offer(details, frame, timezone.now())
    response = render(request, "front/service.html", frame.context() | context(offer))
    if offer.is_sensitive:
        response["Referrer-Policy"] = "no-referrer"
        patch_cache_control(response, no_store=True)
    return response


def _is_known(service: Service) -> bool:
    """A draft is nobody's to know of, nor one that was archived before it was published."""
    if service.status == ServiceStatus.DEFUNCT:
        return was_public(service)
    return service.status in PUBLIC_STATUSES


def context(offer: Offer) -> dict[str, Any]:
    """Everything `front/service.html` reads."""
    address = settings.PUBLIC_URL + offer.url
    frame = offer.frame
    return {
        "offer": offer,
        "service": offer.service,
        "is_example": offer.is_example,
        "share_url": address,
        "pdf_url": f"{offer.url}pdf/",
        "qr": page_qr(address, offer.name.text),
        "json_ld": json_ld(offer),
        "similar": _similar(offer),
        "happenings": happening_soon.of_service(offer.service.pk, frame, offer.now),
        "trail": [
            {"name": frame.name.value, "url": frame.home_url},
            *({"name": need.name, "url": need.url} for need in offer.needs[:1]),
            {"name": offer.name.text, "url": offer.url},
        ],
    }


def _similar(offer: Offer) -> str:
    needs = [need.code for need in offer.needs]
    found = similar(offer.service.slug, needs, offer.details.municipalities, offer.frame, offer.now)
    style = rows.Style.of(offer.frame, offer.today)
    return rows.together(rows.row(data, style) for data in found)


def _gone(request: HttpRequest, frame: Frame, details: Details | None) -> HttpResponse:
    """There is no such service here; where it is instead, and what else may help."""
    homes, others = [], ""
    if details and details.service.status in PUBLIC_STATUSES:
        homes = [scope for scope in region_scopes() if details.covers(scope.numbers)]
    elif details:
        complete([details])
        others = _similar(Offer(details, frame, timezone.now()))
    found = {
        "name": details.service.text("name", frame.language) if details else None,
        "slug": details.service.slug if details else "",
        "homes": [(Frame(scope, frame.language), scope) for scope in homes],
        "similar": others,
        "contact": answers.first_contact(frame),
    }
    return render(request, "front/service_gone.html", frame.context() | found, status=404)
