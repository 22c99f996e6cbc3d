"""A learner's own pages, and where progress is written."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
