"""Addresses of the desk: who comes, and what they are told."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
