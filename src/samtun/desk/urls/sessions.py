"""Group sessions, checklists and what is followed up."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
