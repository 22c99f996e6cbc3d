"""Addresses of the desk: searches that found nothing."""

from django.urls import path

from samtun.desk.views import missed

urlpatterns = [
    path("sok-uten-svar/", missed.missed, name="missed"),
    path("sok-uten-svar/<int:search>/", missed.seen_to, name="missed_seen_to"),
]
