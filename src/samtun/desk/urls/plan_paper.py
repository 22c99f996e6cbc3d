"""Plans on paper and in files."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
