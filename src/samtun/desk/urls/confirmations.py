"""Addresses of the desk: confirmations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
