"""Addresses of the desk: making and changing events."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
