"""Addresses under /api/. Everything here is open to everybody, from any web page."""

from django.urls import URLPattern, include, path, re_path

from samtun.api import openapi
from samtun.api.opening import open_data, unknown
from samtun.api.views import api


def _opened(pattern: URLPattern) -> URLPattern:
    pattern.callback = open_data(pattern.callback)
    return pattern


_patterns, _app, _namespace = api.urls
_hsds = [
    path("openapi.json", open_data(openapi.served), name="openapi"),
    *(_opened(pattern) for pattern in _patterns if isinstance(pattern, URLPattern)),
]

urlpatterns = [
    path("hsds/v3", include((_hsds[1:2], _app), "hsds-root")),
    path("hsds/v3/", include((_hsds, _app), _namespace)),
    re_path(r"[\s\S]*", open_data(unknown), name="unknown-data"),
]
