"""Addresses of the desk: offers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
