"""Addresses of the desk: outbox."""

from django.urls import URLPattern, path

from samtun.desk.views import outbox

urlpatterns: list[URLPattern] = [
    path("utboks/", outbox.letters, name="outbox"),
    path("utboks/<uuid:key>/", outbox.letter, name="letter"),
    path("utboks/<uuid:key>/send/", outbox.send_again, name="letter_again"),
    path("utboks/adresser/<int:key>/", outbox.write_to_again, name="address_again"),
]
