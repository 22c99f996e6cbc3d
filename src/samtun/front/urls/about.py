"""Addresses: the door, and what Samtun is."""

from django.urls import path

from samtun.front.views import about, home

urlpatterns = [
    path("", home.home, name="home"),
    path("om/", about.about, name="about"),
    path("om/tilgjengelighet/", about.accessibility, name="accessibility"),
    path("om/personvern/", about.privacy, name="privacy"),
    path("om/data/", about.data, name="data"),
]
