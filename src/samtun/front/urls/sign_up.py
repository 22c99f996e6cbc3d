"""Addresses below a region: signing up for an event."""

from django.urls import path

from samtun.front.views import sign_up

urlpatterns = [
    path("kalender/<slug:slug>/pamelding/<uuid:intake>/", sign_up.sign_up, name="sign_up"),
]
