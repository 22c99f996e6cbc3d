"""Answering a mapping of needs."""

from django.urls import path

from samtun.front.views import survey

urlpatterns = [path("kurs/sporsmaal/<str:code>/", survey.survey, name="survey")]
