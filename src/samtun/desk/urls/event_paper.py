"""Addresses of the desk: who comes, on paper."""

from django.urls import path

from samtun.desk.views import event_paper

urlpatterns = [
    path("pamelding/<uuid:intake>/liste.pdf", event_paper.intake_pdf, name="intake_pdf"),
]
