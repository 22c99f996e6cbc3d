"""Employees by name, for those who look after them; every look is in the trail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.employees import filters
from samtun.desk.employees.forms import ChangeForm, EmployeeForm, LeaveForm
from samtun.desk.employees.loading import employment_or_404
from samtun.desk.employees.page import page_of
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.learning.actions import employees as actions
from samtun.learning.enums import Profession
from samtun.learning.errors import LearningError
from samtun.learning.models import Employment
from samtun.learning.queries.employees import CHANGE, VIEW, employees_of, employer_of
from samtun.people import audit
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

_ON_A_PAGE = 50


@requires(VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def employees(request: PersonRequest) -> HttpResponse:
    """The list with its filters. Words to look for come by POST: names belong in no address."""
    wanted = filters.wanted_in(request.GET)
    rows = filters.found(request.user, wanted)
    words = request.POST.get("navn", "").replace("\x00", "").strip()[:100]
    if words:
        rows = rows.filter(learner__name__icontains=words) | rows.filter(
            learner__email__istartswith=words
        )
    found = Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("side"))
    context = {
        "found": found,
        "wanted": wanted,
        "words": words,
        "units": filters.unit_options(request.user),
        "professions": Profession.choices,
        "pages": "" if words else pages(request, found.number, found.paginator.num_pages),
        "unplaced": employees_of(request.user).filter(filters.is_unplaced()).count(),
        "may_change": may(request.user, CHANGE),
        "today": timezone.localdate(),
    }
    response = page(request, "desk/employees/list.html", context, room="training")
    audit.looked(by=request.user, at="employees", details={"page": found.number})
    return response


@requires(VIEW, load=employment_or_404)
@require_http_methods(["GET", "HEAD"])
def employee(request: PersonRequest, shown: Employment) -> HttpResponse:
    """One of them: jobs, and what the person is to do and why."""
    context = page_of(request.user, shown)
    response = page(request, "desk/employees/employee.html", context, room="training")
    audit.looked(by=request.user, at=shown)
    return response


@requires(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Add somebody by hand."""
    initial = {"joined_on": timezone.localdate(), "unit": request.GET.get("enhet", "")}
    form = EmployeeForm(request.POST or None, person=request.user, initial=initial)
    if request.method == "POST" and form.is_valid() and (made := _hired(request, form)):
        messages.success(request, _("The employee is added."))
        return redirect("desk:employee", employment=made.pk)
    context = {"form": form, "title": _("Add an employee")}
    return page(request, "desk/employees/form.html", context, room="training")


def _hired(request: PersonRequest, form: EmployeeForm) -> Employment | None:
    given = form.cleaned_data
    try:
        return actions.hire(employer=employer_of(given["unit"]), by=request.user, **given)
    except LearningError as error:
        form.add_error(None, str(error))
        return None


@requires(CHANGE, load=employment_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, shown: Employment) -> HttpResponse:
    """Correct what is known, or let the person move to another unit."""
    form = ChangeForm(request.POST or None, person=request.user, employment=shown)
    if request.method == "POST" and form.is_valid() and _changed(request, shown, form):
        messages.success(request, _("Saved."))
        return redirect("desk:employee", employment=shown.pk)
    is_kept = actions.is_known_by_others(shown.learner, shown.employer)
    context = {"form": form, "title": _("Change an employee"), "of": shown, "is_kept": is_kept}
    return page(request, "desk/employees/form.html", context, room="training")


def _changed(request: PersonRequest, shown: Employment, form: Form) -> bool:
    try:
        actions.change(employment=shown, by=request.user, **form.cleaned_data)
    except LearningError as error:
        form.add_error(None, str(error))
        return False
    return True


@requires(CHANGE, load=employment_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PersonRequest, shown: Employment) -> HttpResponse:
    """The last day."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["left_on"]
        actions.leave(employment=shown, left_on=day, by=request.user)
        messages.success(request, _("Saved. What the person has learnt stays theirs."))
        return redirect("desk:employee", employment=shown.pk)
    context = {"form": form, "of": shown}
    return page(request, "desk/employees/leave.html", context, room="training")


@requires(CHANGE, load=employment_or_404)
@require_POST
def resume(request: PersonRequest, shown: Employment) -> HttpResponse:
    """The leaving was a mistake."""
    try:
        actions.resume(employment=shown, by=request.user)
        messages.success(request, _("The job goes on as before."))
    except LearningError as error:
        messages.error(request, str(error))
    return redirect("desk:employee", employment=shown.pk)
