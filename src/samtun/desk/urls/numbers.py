"""Addresses of the desk: how many came, and what they thought."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
