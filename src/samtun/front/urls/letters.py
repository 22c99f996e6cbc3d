"""Addresses: what keepers open from their letter."""

from django.urls import path

from samtun.front.views import confirm

urlpatterns = [
    path("bekreft/<str:token>/", confirm.letter, name="confirm"),
    path("bekreft/<str:token>/takk/", confirm.thanks, name="confirm_thanks"),
    path("bekreft/<str:token>/nytt/", confirm.again, name="confirm_again"),
    path("bekreft/<str:token>/<uuid:service>/", confirm.entry, name="confirm_entry"),
    path("bekreft/<str:token>/<uuid:service>/endre/", confirm.change, name="confirm_change"),
]
