"""Addresses below a region: the calendar and the pages of events."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
