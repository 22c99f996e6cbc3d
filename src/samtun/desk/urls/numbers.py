"""Addresses of the desk: how many came, and what they thought."""

from django.urls import path

from samtun.desk.views import evaluations, numbers

urlpatterns = [
    path("tall/", numbers.numbers, name="numbers"),
    path("tall/tall.<str:kind>", numbers.numbers_file, name="numbers_file"),
    path("evaluering/<uuid:event>/", evaluations.evaluations, name="evaluations"),
    path("evaluering/vegg/<uuid:intake>/", evaluations.wall, name="evaluation_wall"),
]
