"""Addresses of the desk: bulk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
