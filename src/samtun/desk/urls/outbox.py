"""Addresses of the desk: outbox."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
