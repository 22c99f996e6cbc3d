"""Lists of employees: sent in, looked through, then done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.employees import list_page as listing
from samtun.desk.employees.forms import UploadForm, chosen_units
from samtun.desk.employees.loading import theirs, upload_or_404
from samtun.desk.files import table_as_file
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.directory.exchange.spreadsheet_reading import NotReadable
from samtun.learning.exchange import applying, reading, uploads
from samtun.learning.models import EmployeeUpload
from samtun.learning.queries.employees import CHANGE
from samtun.people import audit
from samtun.people.access import PersonRequest, requires


@requires(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: PersonRequest) -> HttpResponse:
    """Take the template, or send in a list."""
    is_sent = request.method == "POST"
    form = UploadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, person=request.user
    )
    if is_sent and form.is_valid() and (upload := _kept(request, form)):
        return redirect("desk:employee_upload_shown", upload=upload.pk)
    context = {"form": form, "most": reading.MOST_ROWS}
    answer = page(request, "desk/employees/send.html", context, room="training")
    answer.status_code = 422 if form.errors else 200
    return answer


def _kept(request: PersonRequest, form: UploadForm) -> EmployeeUpload | None:
    file = form.cleaned_data["file"]
    try:
        if file.size > reading.LARGEST_FILE:
            raise NotReadable(_("The file is larger than 5 MB. Divide it."))
        found = reading.read(file.read())
    except NotReadable as error:
        form.add_error("file", str(error))
        return None
    return uploads.keep(
        found,
        employer=form.cleaned_data["employer"],
        is_complete=form.cleaned_data["is_complete"],
        by=request.user,
    )


@requires(CHANGE)
@require_safe
def template(request: PersonRequest) -> HttpResponse:
    """An empty list with our columns and two lines to show how."""
    return table_as_file("csv", _("employees"), listing.headings(), listing.examples())


@requires(CHANGE, load=upload_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def shown(request: PersonRequest, upload: EmployeeUpload) -> HttpResponse:
    """What each line would do. A POST says what units mean, does it all, or throws it away."""
    kept = theirs(upload, request.user)
    if request.method == "POST":
        return _answered(request, kept)
    context = listing.context(kept, request.GET.get("vis", ""), request.GET.get("side"))
    context["pages"] = pages(request, context["found"].number, context["found"].paginator.num_pages)
    response = page(request, "desk/employees/upload.html", context, room="training")
    audit.looked(by=request.user, at="employees", details={"list": str(kept.pk)})
    return response


def _answered(request: PersonRequest, upload: EmployeeUpload) -> HttpResponse:
    if "drop" in request.POST:
        upload.delete()
        messages.success(request, _("The list is thrown away. Nothing was changed."))
        return redirect("desk:employees")
    if "look" in request.POST:
        is_complete = "is_complete" in request.POST
        units = chosen_units(request.POST)
        uploads.choose_units(upload=upload, units=units, is_complete=is_complete)
        return redirect("desk:employee_upload_shown", upload=upload.pk)
    return _applied(request, upload)


def _applied(request: PersonRequest, upload: EmployeeUpload) -> HttpResponse:
    try:
        outcome = applying.apply(
            upload=upload, by=request.user, leavers_are_right="many_leave" in request.POST
        )
    except applying.ManyLeaveError as error:
        messages.error(request, str(error))
        return redirect("desk:employee_upload_shown", upload=upload.pk)
    said = ngettext("%(count)d line is saved.", "%(count)d lines are saved.", outcome.count)
    messages.success(request, said % {"count": outcome.count})
    for line in listing.left_over(outcome):
        messages.warning(request, line)
    if outcome.different or outcome.refused:
        return redirect("desk:employee_upload_shown", upload=upload.pk)
    return redirect("desk:employees")


@requires(CHANGE, load=upload_or_404)
@require_safe
def report(request: PersonRequest, upload: EmployeeUpload) -> HttpResponse:
    """A word on every line, as a spreadsheet."""
    kept = theirs(upload, request.user)
    audit.looked(by=request.user, at="employees", details={"list": str(kept.pk)})
    return table_as_file("xlsx", _("report"), listing.report_headings(), listing.report_rows(kept))
