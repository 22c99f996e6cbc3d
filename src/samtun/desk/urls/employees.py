"""Employees, and where we know them from."""

from django.urls import URLPattern, path

from samtun.desk.views import directory_tokens, employee_lists, employees

_UPLOAD = "opplaering/ansatte/fil/<uuid:upload>"

urlpatterns: list[URLPattern] = [
    path("opplaering/ansatte/", employees.employees, name="employees"),
    path("opplaering/ansatte/ny/", employees.new, name="employee_new"),
    path("opplaering/ansatte/fil/", employee_lists.send, name="employee_upload"),
    path("opplaering/ansatte/mal.csv", employee_lists.template, name="employee_template"),
    path(f"{_UPLOAD}/", employee_lists.shown, name="employee_upload_shown"),
    path(f"{_UPLOAD}/rapport.xlsx", employee_lists.report, name="employee_upload_report"),
    path("opplaering/ansatte/katalog/", directory_tokens.tokens, name="directory_tokens"),
    path(
        "opplaering/ansatte/katalog/<uuid:token>/avslutt/",
        directory_tokens.end,
        name="directory_token_end",
    ),
    path("opplaering/ansatte/<uuid:employment>/", employees.employee, name="employee"),
    path("opplaering/ansatte/<uuid:employment>/endre/", employees.change, name="employee_change"),
    path("opplaering/ansatte/<uuid:employment>/slutter/", employees.leave, name="employee_leave"),
    path("opplaering/ansatte/<uuid:employment>/igjen/", employees.resume, name="employee_resume"),
]
