"""Where training begins on the desk: a way to each part that this person may enter."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samtun.desk.page import page
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may


@dataclass(frozen=True, slots=True)
class Part:
    """A way on."""

    view: str
    icon: str
    name: Promise
    about: Promise
    permission: str


PARTS = (
    Part(
        "desk:plans",
        "list",
        _("Training plans"),
        _("What is to be achieved, who learns what, by when, and whether it helped."),
        "learning.view_plan",
    ),
    Part(
        "desk:units",
        "people",
        _("How units stand"),
        _("What is done and what is left, unit by unit. Who needs a reminder from you."),
        "learning.view_unit",
    ),
    Part(
        "desk:sessions",
        "samtale",
        _("Learning together"),
        _("Lead a module at a staff meeting or a professional day, from one screen."),
        "learning.lead_session",
    ),
    Part(
        "desk:employees",
        "person",
        _("Employees"),
        _("Who works where. From a spreadsheet, the municipality's directory, or by hand."),
        "learning.view_employee",
    ),
    Part(
        "desk:needs",
        "search",
        _("Mapping of needs"),
        _("Short questions before and after, answered by nobody in particular."),
        "learning.view_plan",
    ),
    Part(
        "wagtailadmin_home",
        "edit",
        _("Write courses"),
        _("Drafts, review and publishing."),
        "editorial.write",
    ),
    Part(
        "front:courses",
        "kurs",
        _("The course portal"),
        _("The courses as everybody sees them."),
        "learning.lead_session",
    ),
)


@requires("learning.lead_session")
@require_safe
def training(request: PersonRequest) -> HttpResponse:
    """The parts, one card each."""
    parts = [
        {"url": reverse(part.view), "icon": part.icon, "name": part.name, "about": part.about}
        for part in PARTS
        if may(request.user, part.permission)
    ]
    return page(request, "desk/training/training.html", {"parts": parts}, room="training")
