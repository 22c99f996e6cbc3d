"""Wagtail's administration, below /redaksjon/; see `doors` for what of it is open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from wagtail.admin.urls import urlpatterns as theirs

from samtun.editorial import doors, views
from samtun.people.access import signed_in


@signed_in
def leave(request: HttpRequest) -> HttpResponse:
    """Signing out is the same everywhere."""
    return redirect("account_logout")


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Accounts are looked after in one place."""
    return redirect("account_home")


doors.guard(theirs)
doors.close_moving()
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", account, name="editorial_account"),  # instead of Wagtail's
    path("logg-ut/", leave, name="editorial_leave"),
    path("jsi18n/", views.words, name="editorial_words"),  # instead of Wagtail's
    path("rom/", views.make_room, name="editorial_room"),
    *theirs,
]
