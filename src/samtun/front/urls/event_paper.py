"""Addresses below a region: posters and the month on paper."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
