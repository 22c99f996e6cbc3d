"""Addresses: what those who have signed up open from their letter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
