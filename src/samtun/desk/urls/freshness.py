"""Addresses of the desk: freshness."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
