"""Addresses of the desk: who comes, and what they are told."""

from django.urls import path

from samtun.desk.views import attendance, calls, messages, parties, seats

urlpatterns = [
    path("pamelding/<uuid:intake>/", parties.intake, name="intake"),
    path("pamelding/<uuid:intake>/tabell.<str:kind>", parties.intake_file, name="intake_file"),
    path("pamelding/<uuid:intake>/ny/", parties.party_new, name="party_new"),
    path("pamelding/<uuid:intake>/plasser/", seats.seats, name="intake_seats"),
    path("pamelding/<uuid:intake>/apen/", seats.open_or_closed, name="intake_open"),
    path("pamelding/<uuid:intake>/melding/", messages.message, name="message"),
    path("pamelding/deltaker/<uuid:party>/", parties.party, name="party"),
    path("pamelding/deltaker/<uuid:party>/svar/", seats.party_act, name="party_act"),
    path("oppmote/<uuid:occurrence>/", attendance.attendance, name="attendance"),
    path("oppmote/<uuid:occurrence>/tell/", attendance.attendance_count, name="attendance_count"),
    path("ring/", calls.calls, name="calls"),
    path("ring/<uuid:party>/", calls.call_made, name="call_made"),
]
