"""The component page; config includes it only in debug and tests."""

from django.urls import path

from samtun.ui import views

app_name = "ui"
urlpatterns = [path("", views.components, name="components")]
