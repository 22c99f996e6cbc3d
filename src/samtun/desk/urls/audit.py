"""Addresses of the desk: audit."""

from django.urls import URLPattern, path

from samtun.desk.views import audit

urlpatterns: list[URLPattern] = [
    path("logg/", audit.trail, name="audit"),
    path("logg/fil/<slug:kind>/", audit.trail_file, name="audit_file"),
]
