"""Who comes, who waits, and signing up somebody who calls."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.events import words
from samtun.desk.events.loading import intake_with, party_with
from samtun.desk.events.party_forms import (
    NewPartyForm,
    PartyForm,
    SeatsForm,
    initial_of,
    may_sign_up,
    question_labels,
)
from samtun.desk.files import KINDS, table_as_file
from samtun.desk.page import page
from samtun.documents.spreadsheets import Cell
from samtun.events.actions import parties as actions
from samtun.events.actions.attendance import may_be_taken
from samtun.events.enums import ACTIVE, Consent, NoticeKind, PartyState
from samtun.events.errors import SignUpError
from samtun.events.models import Intake, Party
from samtun.events.queries import parties as queries
from samtun.mail.addresses import comparable
from samtun.mail.queries import bounced_among
from samtun.people import audit
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

_VIEW, _CHANGE = "events.view_party", "events.change_party"


@requires(_VIEW, load=intake_with)
@require_safe
def intake(request: PersonRequest, shown: Intake) -> HttpResponse:
    """Who comes, who waits, and how many there is room for."""
    found = queries.listed(shown)
    audit.looked(by=request.user, at=shown.event)
    context = {
        **head(request, shown),
        "found": found,
        "unreached": _unreached([*found.coming, *found.waiting]),
        "labels": question_labels(shown.event, get_language() or "nb"),
        "has_list": may_sign_up(shown),
        "seats_form": SeatsForm(initial={"capacity": shown.capacity}),
    }
    return page(request, "desk/intake.html", context, room="events")


def _unreached(listed: Iterable[Party]) -> set[UUID]:
    """Those whose letters come back; one query."""
    addresses = {one.pk: one.email for one in listed if one.email}
    gone = bounced_among(addresses.values())
    return {key for key, address in addresses.items() if comparable(address) in gone}


def head(request: PersonRequest, shown: Intake) -> dict[str, Any]:
    """What the top of every page about an intake shows; one query."""
    dates = queries.dates_of(shown)
    for one in dates:
        one.intake = shown
    return {
        "intake": shown,
        "event_name": words.name(shown.event),
        "when": words.when(dates),
        "dates": [(one, words.moment(one.starts_at), may_be_taken(one)) for one in dates],
        "may_change": may(request.user, _CHANGE, shown),
    }


@requires(_VIEW, load=lambda intake, kind: intake_with(intake))
@require_safe
def intake_file(request: PersonRequest, shown: Intake) -> HttpResponse:
    """The list as CSV or XLSX. Names and addresses are in it: noted."""
    kind = request.path.rpartition(".")[2]
    if kind not in KINDS:
        raise Http404
    audit.looked(by=request.user, at=shown.event, details={"file": kind})
    labels = question_labels(shown.event, get_language() or "nb")
    headers = [
        _("State"), _("Number in line"), _("Name"), _("People"), _("Phone"), _("E-mail"),
        _("Municipality"), _("First time"), _("Age"), _("Consent"), *labels.values(),
    ]  # fmt: skip
    return table_as_file(kind, _("signed-up"), headers, _rows(shown, list(labels)))


def _rows(shown: Intake, kinds: list[str]) -> Iterator[list[Cell]]:
    found = queries.listed(shown)
    first = {True: _("Yes"), False: _("No"), None: ""}
    for one in (*found.coming, *found.waiting):
        answers = [one.answers.get(kind, "") for kind in kinds]
        yield [
            str(one.get_state_display()), one.turn, one.name, one.size, one.phone, one.email,
            str(one.municipality or ""), first[one.is_first_time], one.age,
            str(one.get_consent_display()), *answers,
        ]  # fmt: skip


@requires(_CHANGE, load=intake_with)
@require_http_methods(["GET", "HEAD", "POST"])
def party_new(request: PersonRequest, shown: Intake) -> HttpResponse:
    """Sign up somebody who calls."""
    form = NewPartyForm(request.POST if request.method == "POST" else None, event=shown.event)
    if form.is_bound and form.is_valid():
        try:
            made = actions.sign_up(intake=shown, by=request.user, **form.values())
        except SignUpError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _said_of(made))
            return redirect("desk:intake", shown.pk)
    context = {**head(request, shown), "form": form, "has_list": may_sign_up(shown)}
    answer = page(request, "desk/party_new.html", context, room="events")
    answer.status_code = 422 if form.errors else 200
    return answer


def _said_of(made: Party) -> str:
    if made.state == PartyState.WAITING:
        said = _("%(name)s is on the waiting list, as number %(turn)d.")
        return said % {"name": words.called(made), "turn": queries.place_in_line(made)}
    if made.consent == Consent.ASKED:
        said = _("A place is held for %(name)s until a parent has answered.")
        return f"{said % {'name': words.called(made)}} {words.how_told(made, NoticeKind.CONSENT)}"
    said = _("%(name)s is signed up, %(size)d in all.")
    return said % {"name": words.called(made), "size": made.size}


@requires(_VIEW, load=party_with)
@require_http_methods(["GET", "HEAD", "POST"])
def party(request: PersonRequest, one: Party) -> HttpResponse:
    """Those who come together: what they said, and what can be done."""
    if request.method == "POST":
        return _change(request, one)
    audit.looked(by=request.user, at=one.intake.event)
    return _party_page(request, one, PartyForm(initial=initial_of(one), event=one.intake.event))


def _change(request: PersonRequest, one: Party) -> HttpResponse:
    if not may(request.user, _CHANGE, one) or one.state not in ACTIVE:
        raise Http404
    form = PartyForm(request.POST, event=one.intake.event)
    if form.is_valid():
        try:
            actions.change(party=one, by=request.user, **form.values())
        except SignUpError as error:
            form.add_error("size", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:party", one.pk)
    answer = _party_page(request, one, form)
    answer.status_code = 422
    return answer


def _party_page(request: PersonRequest, one: Party, form: PartyForm) -> HttpResponse:
    labels = question_labels(one.intake.event, get_language() or "nb")
    context = {
        **head(request, one.intake),
        "party": one,
        "party_name": words.called(one),
        "place_in_line": queries.place_in_line(one),
        "form": form,
        "answers": [(labels.get(kind, kind), text) for kind, text in one.answers.items()],
        "time_left": words.left(one.answer_by) if one.answer_by else "",
        "moves": [(each.pk, words.begins(each)) for each in queries.intakes_to_move_to(one)],
        "is_on_list": one.state in ACTIVE,
        "unreached": _unreached([one]),
        "told_off": words.how_told(one, NoticeKind.CANCELLED_BY),
        "act_url": reverse("desk:party_act", args=[one.pk]),
    }
    return page(request, "desk/party.html", context, room="events")
