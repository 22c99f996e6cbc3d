"""Addresses for machines: search engines, browsers, whoever finds a hole in the fence."""

from collections.abc import Iterable
from datetime import timedelta
from html import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samtun.directory.queries.sitemap import Page, number_of_pages, pages
from samtun.events.queries.calendar import events_with_dates
from samtun.events.queries.wanted import Wanted
from samtun.learning.queries.courses import open_courses
from samtun.organisations.queries import region_scope, region_scopes
from samtun.people.access import public
from samtun.ui.context import LANGUAGE_PREFIXES

PAGES_IN_A_FILE = 5_000  # in three languages; a sitemap may hold 50 000 addresses
MOST_FILES = 1_000
_HOUR, _DAY = 3_600, 86_400
_ABOUT = ("/", "/kurs/", "/om/", "/om/data/", "/om/personvern/", "/om/tilgjengelighet/")
_ABOUT_FILE = "om"  # no region can be called that
_OF_A_REGION = ("", "barn-og-unge/", "kalender/")
MOST_EVENTS = 2_000  # in the first file of a region, beside its services

_for_an_hour = cache_control(public=True, max_age=_HOUR)
_for_a_day = cache_control(public=True, max_age=_DAY)


@public
@require_safe
@_for_a_day
def robots(request: HttpRequest) -> HttpResponse:
    """All may read all; endless combinations of filters are no use to anybody."""
    lines = ["User-agent: *"]
    for prefix in LANGUAGE_PREFIXES.values():
        lines += [f"Disallow: {prefix}/*/sok/", f"Disallow: {prefix}/*/liste/"]
    lines += ["Allow: /", "", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
@_for_an_hour
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language; an index of files where one would be too large."""
    counts = {scope.slug: number_of_pages(scope.numbers) for scope in region_scopes()}
    if sum(counts.values()) > PAGES_IN_A_FILE:
        return _sitemap_index(counts)
    found = _about()
    for scope in region_scopes():
        found += _pages_of(scope.slug, scope.numbers, 0)
    return _urls(found)


@public
@require_safe
@_for_an_hour
def region_sitemap(request: HttpRequest, region: str, part: int) -> HttpResponse:
    """A part of one region's pages."""
    scope = region_scope(region)
    found = _about() if (region, part) == (_ABOUT_FILE, 0) else []
    if scope and part < MOST_FILES:
        found = _pages_of(region, scope.numbers, part)
    if not found:
        raise Http404
    return _urls(found)


def _about() -> list[Page]:
    courses = [Page(f"/kurs/{slug}/", changed) for slug, changed in open_courses()]
    return [Page(path, None) for path in _ABOUT] + courses


def _pages_of(region: str, numbers: frozenset[str], part: int) -> list[Page]:
    own = []
    if part == 0:
        own = [Page(f"/{region}/{path}", None) for path in _OF_A_REGION]
        events = events_with_dates(Wanted(numbers), MOST_EVENTS)
        own += [Page(f"/{region}/kalender/{slug}/", changed) for slug, changed in events]
    start = part * PAGES_IN_A_FILE
    services = pages(numbers, start, start + PAGES_IN_A_FILE)
    return own + [Page(f"/{region}/tilbud/{slug}/", changed) for slug, changed in services]


def _sitemap_index(counts: dict[str, int]) -> HttpResponse:
    files = [
        f"{settings.PUBLIC_URL}/sitemap-{region}-{part}.xml"
        for region, count in [(_ABOUT_FILE, 1), *counts.items()]
        for part in range(-(-max(count, 1) // PAGES_IN_A_FILE))
    ]
    return _xml("sitemapindex", "", [f"<sitemap><loc>{file}</loc></sitemap>" for file in files])


def _urls(found: Iterable[Page]) -> HttpResponse:
    """Written as text and not with a template: a file holds thousands of pages."""
    prefixes = {
        code: settings.PUBLIC_URL + LANGUAGE_PREFIXES[code] for code, _ in settings.LANGUAGES
    }
    entries = []
    for path, changed_at in found:
        path = escape(path)
        rest = f"<lastmod>{changed_at:%Y-%m-%d}</lastmod>" if changed_at else ""
        for code, prefix in prefixes.items():
            rest += f'<xhtml:link rel="alternate" hreflang="{code}" href="{prefix}{path}"/>'
        entries += [f"<url><loc>{prefix}{path}</loc>{rest}</url>" for prefix in prefixes.values()]
    return _xml("urlset", 'xmlns:xhtml="http://www.w3.org/1999/xhtml"', entries)


def _xml(element: str, spaces: str, entries: Iterable[str]) -> HttpResponse:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {spaces}>',
        *entries,
        f"</{element}>",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


@public
@require_safe
@_for_a_day
def manifest(request: HttpRequest) -> JsonResponse:
    """How a phone keeps Samtun on its home screen."""
    icons = [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]
    content = {
        "name": "Samtun",
        "short_name": "Samtun",
        "description": "Finn hjelp for pårørende der du bor",
        "lang": "nb",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "background_color": "#fbf7ee",
        "theme_color": "#12332b",
        "icons": [
            {
                "src": static(f"samtun/icon-{size.partition('x')[0]}.png"),
                "sizes": size,
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in icons
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@public
@require_safe
@_for_a_day
def favicon(request: HttpRequest) -> HttpResponse:
    """For those who ask without reading the page."""
    return redirect(static("samtun/icon-48.png"))


@public
@require_safe
@_for_a_day
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116); nothing until the installation has a contact."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    expires = timezone.now().replace(hour=0, minute=0, second=0) + timedelta(days=180)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nb, nn, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
