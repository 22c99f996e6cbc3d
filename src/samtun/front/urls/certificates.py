"""Certificates that anyone can check."""

from django.urls import path

from samtun.front.views import certificates

urlpatterns = [
    path("kurs/bevis/", certificates.check, name="certificate_check"),
    path("kurs/bevis/<str:code>/", certificates.certificate, name="certificate"),
    path("kurs/bevis/<str:code>/bevis.pdf", certificates.paper, name="certificate_pdf"),
    path("kurs/bevis/<str:code>/badge.json", certificates.badge, name="certificate_badge"),
]
