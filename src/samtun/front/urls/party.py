"""Addresses: what those who have signed up open from their letter."""

from django.urls import path

from samtun.front.views import consent, evaluation, party

urlpatterns = [
    path("paamelding/samtykke/<str:token>/", consent.consent, name="consent"),
    path("paamelding/evaluering/<str:token>/", evaluation.evaluation, name="evaluation"),
    path("paamelding/<str:token>/", party.party, name="party"),
    path("paamelding/<str:token>/endre/", party.change, name="party_change"),
    path("paamelding/<str:token>/avmelding/", party.cancel, name="party_cancel"),
    path("paamelding/<str:token>/flytt/", party.move, name="party_move"),
    path("paamelding/<str:token>/plass/", party.offer, name="party_offer"),
    path("paamelding/<str:token>/kalender.ics", party.calendar, name="party_calendar"),
]
