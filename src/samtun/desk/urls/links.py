"""Addresses of the desk: web addresses that do not just work."""

from django.urls import path

from samtun.desk.views import links

urlpatterns = [
    path("lenker/", links.links, name="links"),
    path("lenker/<int:link>/", links.mend, name="link_mend"),
]
