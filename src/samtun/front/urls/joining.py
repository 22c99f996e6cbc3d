"""Coming to a group session."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
