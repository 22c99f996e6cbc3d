"""Addresses of the desk: who comes, and what they are told."""

from django.urls import path

from samtun.desk.views import attendance, calls, messages, parties

urlpatterns = [
    path("pamelding/<uuid:intake>/", parties.intake, name="intake"),
    path("pamelding/<uuid:intake>/ny/", parties.party_new, name="party_new"),
    path("pamelding/<uuid:intake>/melding/", messages.message, name="message"),
    path("pamelding/deltaker/<uuid:party>/", parties.party, name="party"),
    path("oppmote/<uuid:occurrence>/", attendance.attendance, name="attendance"),
    path("ring/", calls.calls, name="calls"),
]
