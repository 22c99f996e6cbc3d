"""Addresses of the desk: missed."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
