"""Addresses below a region: signing up for an event."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
