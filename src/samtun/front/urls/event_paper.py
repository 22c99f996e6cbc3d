"""Addresses below a region: posters and the month on paper."""

from django.urls import path

from samtun.front.views import event_paper

urlpatterns = [
    path("kalender/program/", event_paper.programme, name="programme"),
    path("kalender/<slug:slug>/plakat/", event_paper.poster, name="poster"),
]
