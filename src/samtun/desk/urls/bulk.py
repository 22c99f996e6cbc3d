"""Addresses of the desk: the same change to many, and spreadsheets."""

from django.urls import path

from samtun.desk.views import bulk, spreadsheet

_SHEET = "tilbud/regneark/"
urlpatterns = [
    path("tilbud/samlet/", bulk.bulk, name="bulk"),
    path(_SHEET, spreadsheet.spreadsheet_page, name="spreadsheet"),
    path(f"{_SHEET}tilbud.xlsx", spreadsheet.spreadsheet_file, name="spreadsheet_file"),
    path(f"{_SHEET}<uuid:upload>/", spreadsheet.spreadsheet_upload, name="spreadsheet_upload"),
    path(
        f"{_SHEET}<uuid:upload>/rapport.xlsx",
        spreadsheet.spreadsheet_report,
        name="spreadsheet_report",
    ),
]
