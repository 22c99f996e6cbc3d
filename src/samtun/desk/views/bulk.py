"""The same change to many entries: choose, see what would change, do it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samtun.desk.offers import bulk_choice
from samtun.desk.offers.bulk_choice import PERMISSION, Choice
from samtun.desk.offers.filters import wanted_in
from samtun.desk.page import page
from samtun.directory.exchange.spreadsheet import in_words
from samtun.directory.models import Service
from samtun.directory.queries.offer_list import all_found
from samtun.people.access import PersonRequest, requires


@requires(PERMISSION)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: PersonRequest) -> HttpResponse:
    """Three steps at one address, each with what the step before said."""
    keys = _keys(request)
    services = bulk_choice.chosen(request.user, keys)
    if not services:
        return _nothing(request)
    if "what" not in request.POST:
        return _choose(request, services, Choice(request.user, services), keys)
    form = Choice(request.user, services, request.POST)
    if not form.is_valid():
        return _choose(request, services, form, keys)
    if "bekreft" in request.POST:
        return _done(request, services, form.cleaned_data)
    return _confirm(request, services, form.cleaned_data)


def _keys(request: PersonRequest) -> list[str]:
    """What is ticked in the list, or (`alle`) all that its filters find."""
    if "alle" in request.POST:
        found = all_found(request.user, wanted_in(request.GET), most=bulk_choice.MOST)
        return [str(key) for key in found]
    return [*request.POST.getlist("valgt"), *request.POST.getlist("service")]


def _nothing(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk:offers")
    return page(request, "desk/bulk_nothing.html", room="offers")


def _choose(
    request: PersonRequest, services: Sequence[Service], form: Choice, keys: Sequence[str]
) -> HttpResponse:
    context = {"services": services, "form": form, "left_out": len(set(keys)) - len(services)}
    return page(request, "desk/bulk.html", context, room="offers")


def _confirm(
    request: PersonRequest, services: Sequence[Service], given: dict[str, Any]
) -> HttpResponse:
    """Row by row, exactly what would change."""
    lines = [
        {
            "service": line.service,
            "changes": line.trial.changes,
            "reasons": in_words(line.trial.errors),
        }
        for line in bulk_choice.preview(services, given, request.user)
    ]
    context = {
        "lines": lines,
        "changing": sum(1 for line in lines if line["changes"] and not line["reasons"]),
        "given": [
            (name, value)
            for name in ("what", "mode", "organization", "keeper", "email", *_LISTS)
            for value in request.POST.getlist(name)
        ],
        "is_archiving": given["what"] == "archive",
    }
    return page(request, "desk/bulk_confirm.html", context, room="offers")


_LISTS = ("covers", "needs", "target_groups")


def _done(
    request: PersonRequest, services: Sequence[Service], given: dict[str, Any]
) -> HttpResponse:
    """What became of each; done again it changes nothing more."""
    results = bulk_choice.carry_out(services, given, request.user)
    lines = [
        {
            "service": result.service,
            "said": gettext("Changed") if result.is_changed else gettext("It was so already"),
            "error": _reason(result.error),
        }
        for result in results
    ]
    context = {
        "lines": lines,
        "changed": sum(1 for result in results if result.is_changed),
        "refused": sum(1 for result in results if result.error),
    }
    return page(request, "desk/bulk_done.html", context, room="offers")


def _reason(error: Exception | None) -> str:
    errors = getattr(error, "errors", None)
    return " ".join(in_words(errors)) if errors else str(error or "")
