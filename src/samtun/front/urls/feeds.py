"""Addresses below a region: calendars that others subscribe to."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
