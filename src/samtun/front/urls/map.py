"""Addresses: a region's resource map."""

from django.urls import path

from samtun.front.views import my_list, pdf, region, search, service, tell

urlpatterns = [
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
