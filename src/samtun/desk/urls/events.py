"""Addresses of the desk: making and changing events."""

from django.urls import path

from samtun.desk.views import event_dates, event_edit, events

urlpatterns = [
    path("moteplasser/", events.events, name="events"),
    path("moteplasser/ny/", event_edit.new, name="event_new"),
    path("moteplasser/dato/<uuid:occurrence>/", event_dates.occurrence, name="occurrence"),
    path("moteplasser/<uuid:event>/", event_edit.edit, name="event"),
    path("moteplasser/<uuid:event>/forhandsvis/", event_edit.preview, name="event_preview"),
    path("moteplasser/<uuid:event>/datoer/", event_dates.dates, name="event_dates"),
    path("moteplasser/<uuid:event>/publiser/", events.publish, name="event_publish"),
    path("moteplasser/<uuid:event>/avlys/", events.cancel, name="event_cancel"),
    path("moteplasser/<uuid:event>/kopier/", events.copy, name="event_copy"),
    path("moteplasser/<uuid:event>/arkiver/", events.archive, name="event_archive"),
]
