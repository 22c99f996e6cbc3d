"""Word to those who come: how many get it and how, what it looks like, and then once."""

import uuid
from typing import Any

from django.contrib import messages as said
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samtun.desk.events.loading import intake_with
from samtun.desk.events.party_forms import MessageForm
from samtun.desk.page import page
from samtun.desk.views.parties import head
from samtun.events.actions import messages as actions
from samtun.events.models import Intake
from samtun.events.queries.readers import Reached, reached, readers
from samtun.people.access import PersonRequest, requires


@requires("events.change_party", load=intake_with)
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: PersonRequest, shown: Intake) -> HttpResponse:
    """Write it; see it as they will; send it."""
    if request.method != "POST":
        return _write(request, shown, MessageForm(initial={"key": uuid.uuid4()}))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _write(request, shown, form)
    given = form.cleaned_data
    found = _reached(shown, to_waiting=given["to_waiting"])
    if not found.total or "endre" in request.POST:
        return _write(request, shown, form)
    if "send" not in request.POST:
        context = {**head(request, shown), "form": form, "given": given, "reached": found,
                   "ways": _ways(found)}  # fmt: skip
        return page(request, "desk/message_shown.html", context, room="events")
    actions.write(intake=shown, by=request.user, **given)
    said.success(request, " ".join([_("It is on its way."), *_ways(found)]))
    return redirect("desk:intake", shown.pk)


def _write(request: PersonRequest, shown: Intake, form: MessageForm) -> HttpResponse:
    coming = _reached(shown, to_waiting=False)
    everybody = _reached(shown, to_waiting=True)
    context: dict[str, Any] = {
        **head(request, shown),
        "form": form,
        "ways": _ways(coming),
        "ways_with_waiting": _ways(everybody) if everybody != coming else [],
        "are_some": bool(everybody.total),
    }
    answer = page(request, "desk/message.html", context, room="events")
    answer.status_code = 422 if form.errors else 200
    return answer


def _reached(shown: Intake, *, to_waiting: bool) -> Reached:
    return reached(readers(shown, to_waiting=to_waiting))


def _ways(found: Reached) -> list[str]:
    """How many sign-ups are told how, in sentences; nothing about ways that nobody needs."""
    letters = ngettext("%(count)d gets a letter.", "%(count)d get a letter.", found.letters)
    calls = ngettext("%(count)d must be called.", "%(count)d must be called.", found.calls)
    pages = ngettext(
        "%(count)d sees it only on their own page.",
        "%(count)d see it only on their own page.",
        found.pages,
    )
    ways = ((letters, found.letters), (calls, found.calls), (pages, found.pages))
    return [text % {"count": count} for text, count in ways if count]
