"""Training plans, composed and agreed on."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
