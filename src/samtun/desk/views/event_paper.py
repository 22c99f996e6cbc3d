"""Who comes, on paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from samtun.desk.events.attendance_paper import attendance_list
from samtun.desk.events.loading import intake_with
from samtun.documents import pdf
from samtun.documents.errors import DocumentError
from samtun.events.models import Intake
from samtun.people import audit
from samtun.people.access import PersonRequest, requires


@requires("events.view_party", load=intake_with)
@require_safe
def intake_pdf(request: PersonRequest, shown: Intake) -> HttpResponse:
    """The list with boxes to tick; `?kontakt=1` adds how to reach them. Noted in the trail."""
    with_contact = request.GET.get("kontakt") == "1"
    content = attendance_list(shown, with_contact=with_contact)
    try:
        made = pdf.attendance_pdf(content)
    except DocumentError as error:
        messages.error(request, str(error))
        return redirect("desk:intake", shown.pk)
    audit.looked(by=request.user, at=shown.event, details={"file": "pdf"})
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="liste.pdf"'
    return response
