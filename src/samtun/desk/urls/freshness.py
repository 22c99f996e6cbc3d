"""Addresses of the desk: how fresh the map is, and what is missing in it."""

from django.urls import path

from samtun.desk.views import freshness, gaps

urlpatterns = [
    path("ferskhet/", freshness.freshness, name="freshness"),
    path("ferskhet/fil.<str:kind>", freshness.freshness_file, name="freshness_file"),
    path("mangler/", gaps.gaps, name="gaps"),
]
