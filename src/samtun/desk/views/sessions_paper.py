"""A session on paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_safe

from samtun.desk.sessions.loading import session_with
from samtun.desk.sessions.paper import session_paper
from samtun.documents.errors import DocumentError
from samtun.documents.session_paper import session_pdf as made_pdf
from samtun.learning.models import GroupSession
from samtun.people.access import PersonRequest, requires


@requires("learning.lead_session", load=session_with)
@require_safe
def session_pdf(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """The sheet for the table, in the language of the session."""
    try:
        with translation.override(held.language):
            made = made_pdf(session_paper(held))
    except DocumentError as error:
        messages.error(request, str(error))
        return redirect("desk:session", held.pk)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="samling.pdf"'
    return response
