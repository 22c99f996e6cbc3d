"""The course portal."""

from django.urls import path

from samtun.front.views import courses

urlpatterns = [
    path("kurs/", courses.catalogue, name="courses"),
    path("kurs/<slug:course>/", courses.course, name="course"),
    path("kurs/<slug:course>/kurs.pdf", courses.course_pdf, name="course_pdf"),
    path("kurs/<slug:course>/<slug:module>/<int:lesson>/", courses.lesson, name="lesson"),
]
