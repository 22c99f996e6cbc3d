"""Addresses: what happens in a region, sign-up, feeds and paper."""

from django.urls import include, path

# Feeds and paper before pages: an event may be called anything else.
ROOMS = ("feeds", "event_paper", "sign_up", "events")
urlpatterns = [path("<slug:region>/", include(f"samtun.front.urls.{room}")) for room in ROOMS]
