"""Employees, and where we know them from."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
