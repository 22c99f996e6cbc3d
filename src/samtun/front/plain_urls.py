"""Addresses without a language: for machines."""

from django.urls import URLPattern, URLResolver, path

from samtun.front.views import plain

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", plain.robots, name="robots"),
    path("sitemap.xml", plain.sitemap, name="sitemap"),
    path("sitemap-<slug:region>-<int:part>.xml", plain.region_sitemap, name="region_sitemap"),
    path("manifest.webmanifest", plain.manifest, name="manifest"),
    path("favicon.ico", plain.favicon, name="favicon"),
    path(".well-known/security.txt", plain.security, name="security"),
]
