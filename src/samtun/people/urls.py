"""Addresses of accounts; config mounts them once per language. The names are allauth's own."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
