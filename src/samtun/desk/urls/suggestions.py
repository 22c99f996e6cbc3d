"""Addresses of the desk: suggestions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
