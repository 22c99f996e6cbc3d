"""How units stand, and where training begins."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
