"""Addresses of the public pages; config mounts them once per language."""

from django.urls import path

from samtun.front.views import about, confirm, home, my_list, pdf, region, search, service, tell

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("om/", about.about, name="about"),
    path("om/tilgjengelighet/", about.accessibility, name="accessibility"),
    path("om/personvern/", about.privacy, name="privacy"),
    path("om/data/", about.data, name="data"),
    path("bekreft/<str:token>/", confirm.letter, name="confirm"),
    path("bekreft/<str:token>/takk/", confirm.thanks, name="confirm_thanks"),
    path("bekreft/<str:token>/nytt/", confirm.again, name="confirm_again"),
    path("bekreft/<str:token>/<uuid:service>/", confirm.entry, name="confirm_entry"),
    path("bekreft/<str:token>/<uuid:service>/endre/", confirm.change, name="confirm_change"),
    path("<slug:region>/", region.region_page, name="region"),
    path("<slug:region>/barn-og-unge/", region.children, name="children"),
    path("<slug:region>/sok/", search.results, name="search"),
    path("<slug:region>/sok/kart.json", search.map_points, name="map_points"),
    path("<slug:region>/liste/", my_list.my_list, name="my_list"),
    path("<slug:region>/liste/pdf/", pdf.my_list_pdf, name="my_list_pdf"),
    path("<slug:region>/foresla/", tell.missing, name="tell_missing"),
    path("<slug:region>/takk/", tell.thanks, name="told"),
    path("<slug:region>/hefte/", pdf.booklet, name="booklet"),
    path("<slug:region>/tilbud/<slug:slug>/", service.service_page, name="service"),
    path("<slug:region>/tilbud/<slug:slug>/meld-feil/", tell.error, name="tell_error"),
    path("<slug:region>/tilbud/<slug:slug>/pdf/", pdf.service_pdf, name="service_pdf"),
]
