"""What people have told us, and one click to answer it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from samtun.desk.offers.address import public_address
from samtun.desk.offers.suggestion_work import PARAMETER
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.directory.editing import drafts, reading
from samtun.directory.editing.differences import differences
from samtun.directory.editing.document import Document, empty
from samtun.directory.editing.errors import EditingError
from samtun.directory.editing.forms import data_of
from samtun.directory.editing.similar import similar_to
from samtun.directory.enums import SuggestionKind, SuggestionState
from samtun.directory.keeping import replies, suggestions
from samtun.directory.models import Suggestion
from samtun.directory.queries import suggestions as queries
from samtun.people import audit
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

PAGE_SIZE = 30
_VIEW, _ANSWER = "directory.view_suggestion", "directory.answer_suggestion"


def suggestion_with(suggestion: UUID) -> Suggestion:
    """The suggestion of that identifier."""
    if found := queries.suggestion_with(suggestion):
        return found
    raise Http404


@requires(_VIEW)
@require_safe
def suggestion_list(request: PersonRequest) -> HttpResponse:
    """What waits, the oldest first; or what has been answered."""
    is_answered = request.GET.get("vis") == "besvart"
    found = queries.answered_for(request.user) if is_answered else queries.waiting_for(request.user)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("side"))
    context = {
        "suggestions": shown.object_list,
        "is_answered": is_answered,
        "pages": pages(request, shown.number, shown.paginator.num_pages),
    }
    return page(request, "desk/suggestions.html", context, room="suggestions")


@requires(_VIEW, load=suggestion_with)
@require_safe
def suggestion(request: PersonRequest, told: Suggestion) -> HttpResponse:
    """What they said, beside the entry as it is."""
    if told.email:
        audit.looked(by=request.user, at=told)
    return _page(request, told)


@requires(_ANSWER, load=suggestion_with)
@require_POST
def answer(request: PersonRequest, told: Suggestion) -> HttpResponse:
    """Do what the button says; a colleague may have been first."""
    act = _ACTS.get(request.POST.get("svar", ""))
    if act is None:
        raise Http404
    try:
        return act(request, told)
    except suggestions.AnsweredAlready as first:
        messages.warning(request, str(first))
        return redirect("desk:suggestion", told.pk)
    except (suggestions.NoReason, EditingError) as error:
        return _page(request, told, problem=str(error), status=422)


def _accept(request: PersonRequest, told: Suggestion) -> HttpResponse:
    suggestions.accept(told, by=request.user)
    return _next(request, told)


def _mended(request: PersonRequest, told: Suggestion) -> HttpResponse:
    suggestions.accept_changed(told, by=request.user)
    return _next(request, told)


def _begin(request: PersonRequest, told: Suggestion) -> HttpResponse:
    """A new offer, with what was told filled in."""
    if told.kind != SuggestionKind.MISSING or not may(request.user, "directory.add_service"):
        raise Http404
    draft = suggestions.accept_missing(told, by=request.user)
    messages.success(request, _thanked(told))
    return redirect(f"{reverse('desk:offer_new')}?utkast={draft.pk}")


def _edit(request: PersonRequest, told: Suggestion) -> HttpResponse:
    """The form, with a keeper's change filled in; a draft of one's own is not written over."""
    service = told.service
    if service is None or not may(request.user, "directory.change_service", service):
        raise Http404
    asked = f"{PARAMETER}={told.pk}"
    if told.document and drafts.read(person=request.user, service=service) is None:
        fields = dict(data_of({**empty(), **told.document}).lists())
        drafts.keep(person=request.user, service=service, fields=fields, based_on=told.based_on)
        asked += "&utkast=1"
    return redirect(f"{reverse('desk:offer', args=[service.pk])}?{asked}")


def _decline(request: PersonRequest, told: Suggestion) -> HttpResponse:
    suggestions.decline(
        told,
        by=request.user,
        reason=request.POST.get("grunn", ""),
        words=request.POST.get("ord", "")[:2000],
    )
    return _next(request, told)


_ACTS: dict[str, Callable[[PersonRequest, Suggestion], HttpResponse]] = {
    "ja": _accept,
    "rettet": _mended,
    "nytt": _begin,
    "endre": _edit,
    "nei": _decline,
}


def _next(request: PersonRequest, told: Suggestion) -> HttpResponse:
    messages.success(request, _thanked(told))
    return redirect("desk:suggestions")


def _thanked(told: Suggestion) -> str:
    if told.email:
        return _("Answered. Whoever wrote gets a letter that says what happened.")
    return _("Answered. They left no address, so no letter is sent.")


def _page(
    request: PersonRequest, told: Suggestion, *, problem: str = "", status: int = 200
) -> HttpResponse:
    service = told.service
    context = {
        "told": told,
        "problem": problem,
        "is_waiting": told.state == SuggestionState.WAITING,
        "may_answer": may(request.user, _ANSWER, told),
        "may_change": bool(service) and may(request.user, "directory.change_service", service),
        "may_add": may(request.user, "directory.add_service"),
        "reasons": _reasons(told),
        "chosen": request.POST.get("grunn", ""),
        "words": request.POST.get("ord", ""),
        "public_url": public_address(service) if service else "",
        **_compared(request, told),
    }
    response = page(request, "desk/suggestion.html", context, room="suggestions")
    response.status_code = status
    return response


def _reasons(told: Suggestion) -> list[tuple[str, str]]:
    """In the language that they are sent in."""
    with override(told.language):
        return [(key, str(text)) for key, text in replies.REASONS[told.kind].items()]


def _compared(request: PersonRequest, told: Suggestion) -> dict[str, Any]:
    """The entry as it is; what a keeper would change; what a missing offer may be already."""
    if told.kind == SuggestionKind.MISSING:
        return {"alike": _alike(request, told)} if told.document else {}
    if told.service is None:
        return {}
    current = reading.document_of(told.service)
    if told.kind == SuggestionKind.CHANGE and told.document:
        return {"differences": differences(current, {**empty(), **told.document})}
    changed = told.service.versions.filter(at__gt=told.made_at).exists()
    return {"facts": _facts(current), "has_changed": changed}


def _facts(document: Document) -> list[tuple[str, str]]:
    """The entry in short, in the language it was written in, by what the form calls things."""
    original = document["language"]
    shown: Document = {**document, "texts": {original: document["texts"].get(original, {})}}
    found = differences(empty(), shown)
    return [(each.label, each.new) for each in found if each.new and each.field not in _UNSAID]


_UNSAID = frozenset({"language", "organization", "status", "keeper", "assurer_email",
                     "confirm_every_days"})  # fmt: skip


def _alike(request: PersonRequest, told: Suggestion) -> list[tuple[Any, str]]:
    document = suggestions.begun(told)
    return [
        (one, reverse("desk:offer", args=[one.service.pk]))
        for one in similar_to(document)
        if may(request.user, "directory.view_service", one.service)
    ]
