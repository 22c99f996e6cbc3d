"""Addresses of the desk, room by room; config mounts them once per language."""

from django.urls import include, path

from samtun.desk.views import home

app_name = "desk"
ROOMS = ("offers", "bulk", "suggestions", "confirmations", "links", "missed", "freshness", "people",
         "audit", "outbox", "events", "parties", "event_paper", "numbers",
         "training", "plans", "plan_paper", "employees", "sessions", "needs")  # fmt: skip
urlpatterns = [
    path("", home.home, name="home"),
    *(path("", include(f"samtun.desk.urls.{room}")) for room in ROOMS),
]
