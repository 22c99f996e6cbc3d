"""Addresses of the desk: what people have told us."""

from django.urls import path

from samtun.desk.views import suggestions

urlpatterns = [
    path("forslag/", suggestions.suggestion_list, name="suggestions"),
    path("forslag/<uuid:suggestion>/", suggestions.suggestion, name="suggestion"),
    path("forslag/<uuid:suggestion>/svar/", suggestions.answer, name="suggestion_answer"),
]
