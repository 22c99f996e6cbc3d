"""Addresses of the desk: confirmations."""

from django.urls import path

from samtun.desk.views import confirmations

urlpatterns = [
    path("bekreftelser/", confirmations.confirmations, name="confirmations"),
    path("bekreftelser/svar/", confirmations.answer, name="confirmations_answer"),
]
