"""Mapping of needs before and after."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
