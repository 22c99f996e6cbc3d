"""Mapping of needs before and after."""

from django.urls import path

from samtun.desk.views import needs

urlpatterns = [
    path("opplaering/kartlegging/", needs.needs, name="needs"),
    path("opplaering/kartlegging/ny/<uuid:plan>/", needs.new, name="need_new"),
    path("opplaering/kartlegging/<uuid:survey>/", needs.survey, name="need"),
    path("opplaering/kartlegging/<uuid:survey>/endre/", needs.edit, name="need_edit"),
    path("opplaering/kartlegging/<uuid:survey>/igjen/", needs.again, name="need_again"),
    path(
        "opplaering/kartlegging/<uuid:survey>/svar.<str:kind>", needs.answers_file, name="need_file"
    ),
]
