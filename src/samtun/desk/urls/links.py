"""Addresses of the desk: links."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
