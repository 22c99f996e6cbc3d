"""Addresses of the desk: how many came, and what they thought."""

from django.urls import path

from samtun.desk.views import evaluations, numbers

urlpatterns = [
    path("tall/", numbers.numbers, name="numbers"),
    path("evaluering/<uuid:event>/", evaluations.evaluations, name="evaluations"),
]
