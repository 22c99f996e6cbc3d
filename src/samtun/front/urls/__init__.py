"""Addresses of the public pages, room by room; config mounts them once per language."""

from django.urls import include, path

app_name = "front"
# Those that begin with a word of ours come before those that begin with a region.
ROOMS = (
    "about",
    "letters",
    "party",
    "certificates",
    "my_learning",
    "joining",
    "surveys",
    "courses",
    "map",
    "calendar",
)
urlpatterns = [path("", include(f"samtun.front.urls.{room}")) for room in ROOMS]
