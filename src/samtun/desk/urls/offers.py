"""Addresses of the desk: offers, and the organisations that give them."""

from django.urls import path

from samtun.desk.views import offer_edit, offer_states, offers, organisations

urlpatterns = [
    path("tilbud/", offers.offers, name="offers"),
    path("tilbud/nytt/", offer_edit.new, name="offer_new"),
    path("tilbud/nytt/utkast/", offer_edit.keep_new, name="offer_new_draft"),
    path("tilbud/nytt/forhandsvis/", offer_edit.preview_new, name="offer_new_preview"),
    path("tilbud/<uuid:service>/", offer_edit.edit, name="offer"),
    path("tilbud/<uuid:service>/utkast/", offer_edit.keep, name="offer_draft"),
    path("tilbud/<uuid:service>/forhandsvis/", offer_edit.preview, name="offer_preview"),
    path("tilbud/<uuid:service>/ta-av-kartet/", offer_states.archive, name="offer_archive"),
    path("tilbud/<uuid:service>/hent-tilbake/", offer_states.reopen, name="offer_reopen"),
    path("tilbud/<uuid:service>/historikk/", offer_states.history, name="offer_history"),
    path("tilbud/<uuid:service>/gjenopprett/", offer_states.restore, name="offer_restore"),
    path("organisasjoner/ny/", organisations.new, name="organization_new"),
    path("organisasjoner/<uuid:organization>/", organisations.edit, name="organization"),
    path("region/<slug:slug>/", organisations.region, name="region"),
]
