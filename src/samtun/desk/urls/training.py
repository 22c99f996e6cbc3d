"""Addresses of the desk: training, and how units stand with it."""

from django.urls import path

from samtun.desk.views import training, units

urlpatterns = [
    path("opplaering/", training.training, name="training"),
    path("opplaering/enheter/", units.units, name="units"),
    path("opplaering/enheter/enheter.<str:kind>", units.units_file, name="units_file"),
    path("opplaering/enheter/<uuid:unit>/", units.unit, name="unit"),
    path("opplaering/enheter/<uuid:unit>/avgjorelse/", units.decide, name="unit_decide"),
    path("opplaering/avgjorelse/<uuid:decision>/", units.withdraw, name="decision_withdraw"),
]
