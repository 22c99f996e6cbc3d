"""Addresses below a region: calendars that others subscribe to."""

from django.urls import path

from samtun.front.views import feeds

urlpatterns = [
    path("kalender.ics", feeds.region, name="feed"),
    path("kalender/<slug:slug>/kalender.ics", feeds.event, name="event_feed"),
    path(
        "kalender/<slug:slug>/<uuid:occurrence>/kalender.ics",
        feeds.occurrence,
        name="occurrence_calendar",
    ),
]
