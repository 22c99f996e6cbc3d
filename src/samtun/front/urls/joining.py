"""Coming to a group session."""

from django.urls import path

from samtun.front.views import joining

urlpatterns = [
    path("kurs/med/", joining.join_page, name="join"),
    path("kurs/med/jeg-var-der/", joining.claims, name="join_claims"),
    path("kurs/med/her/<str:token>/", joining.joined, name="joined"),
    path("kurs/med/<str:code>/", joining.join, name="join"),
]
