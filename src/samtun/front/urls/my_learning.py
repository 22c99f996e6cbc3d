"""A learner's own pages, and where progress is written."""

from django.urls import path

from samtun.front.views import progress

urlpatterns = [
    path("kurs/mitt/framdrift/", progress.progress, name="progress"),
]
