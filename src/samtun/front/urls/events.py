"""Addresses below a region: the calendar and the pages of events."""

from django.urls import path

from samtun.front.views import calendar, event

urlpatterns = [
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/<slug:slug>/", event.event_page, name="event"),
    path("kalender/<slug:slug>/<uuid:occurrence>/", event.occurrence_page, name="occurrence"),
]
