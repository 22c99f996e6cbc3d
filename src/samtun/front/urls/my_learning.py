"""A learner's own pages, and where progress is written."""

from django.urls import path

from samtun.front.views import my_learning, progress

urlpatterns = [
    path("kurs/mitt/", my_learning.my_learning, name="my_learning"),
    path("kurs/mitt/framdrift/", progress.progress, name="progress"),
    path("kurs/mitt/bevis/", my_learning.certificate, name="my_certificate"),
    path("kurs/mitt/fil/", my_learning.file, name="my_records"),
    path("kurs/mitt/svar/", my_learning.answers, name="my_answers"),
    path("kurs/mitt/jobb/", my_learning.job, name="my_job"),
    path("kurs/mitt/kalender/", my_learning.new_calendar, name="my_new_calendar"),
    path("kurs/mitt/glem/", my_learning.forget, name="my_forget"),
    path("kurs/mitt/kalender/<str:token>.ics", my_learning.calendar, name="my_calendar"),
]
