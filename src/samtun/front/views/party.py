"""The personal page of those who have signed up, behind the link in their letter."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samtun.events import tokens
from samtun.events.actions import parties
from samtun.events.enums import PartyState
from samtun.events.errors import SignUpError
from samtun.events.ical.invitations import party_calendar
from samtun.events.models import Intake
from samtun.events.queries.party_page import other_dates
from samtun.front import answers
from samtun.front.meeting import span
from samtun.front.party_page import SAID, PartyPage
from samtun.front.private import private
from samtun.front.sender_limits import may_cause_letters
from samtun.front.sign_up_forms import PartyForm, shown_of

YES, NO = "ja", "nei"
Opened = Callable[[HttpRequest, PartyPage], HttpResponse]


def _with_party(view: Opened) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give `view` the page of the party that the link opens.

    A forged link, and one to what is deleted, are answered alike.
    """

    @private
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        party = tokens.party_of(token)
        if party is None:
            return render(request, "front/party/unusable.html", status=404)
        return view(request, PartyPage(party, token))

    return opened


@_with_party
def party(request: HttpRequest, page: PartyPage) -> HttpResponse:
    """Where they stand, what is stored, and what can be done."""
    said = request.GET.get("sagt", "")
    return _shown(request, page, "page", said=said if said in SAID else "")


@_with_party
def change(request: HttpRequest, page: PartyPage) -> HttpResponse:
    """How many come, how to reach them, what they answered."""
    if not page.may_change:
        return _back(page)
    sent = request.method == "POST"
    form = _form(page, request.POST if sent else None)
    if not sent or not form.is_valid():
        return _shown(request, page, "change", status=422 if sent else 200, form=form)
    if not _may_go_on(request, page, form.cleaned_data.get("epost")):
        return _shown(request, page, "change", 429, form=form, is_too_much=True)
    try:
        parties.change(party=page.party, **form.values())
    except SignUpError as refusal:
        return _shown(request, page, "change", 422, form=form, refusal=str(refusal))
    return _back(page, "endret")


@_with_party
def cancel(request: HttpRequest, page: PartyPage) -> HttpResponse:
    """They do not come; asked once, since the seats may go to somebody else at once."""
    if not page.may_change:
        return _back(page)
    if request.method != "POST":
        return _shown(request, page, "cancel")
    try:
        parties.cancel(party=page.party)
    except SignUpError as refusal:
        return _shown(request, page, "cancel", 422, refusal=str(refusal))
    return _back(page)


@_with_party
def move(request: HttpRequest, page: PartyPage) -> HttpResponse:
    """To another date of the same series."""
    if not page.may_move:
        return _back(page)
    dates = other_dates(page.party, page.now)
    chosen = _chosen(dates, request.POST.get("dato", ""))
    refusal = ""
    if chosen is not None and not _may_go_on(request, page):
        return _shown(request, page, "move", 429, dates=_listed(dates), is_too_much=True)
    if request.method == "POST" and chosen is not None:
        try:
            parties.move(party=page.party, to=chosen)
        except SignUpError as problem:
            refusal = str(problem)
        else:
            return _back(page, "flyttet")
    status = 422 if request.method == "POST" else 200
    return _shown(
        request, page, "move", status, dates=_listed(dates), refusal=refusal,
        is_missing=status == 422 and chosen is None,
    )  # fmt: skip


@_with_party
def offer(request: HttpRequest, page: PartyPage) -> HttpResponse:
    """Seats have become free: yes, or no."""
    answer = request.POST.get("svar", "")
    if page.state != PartyState.OFFERED:
        return _back(page)
    if answer not in (YES, NO):
        return _shown(request, page, "offer", 422 if request.method == "POST" else 200)
    act = parties.accept_offer if answer == YES else parties.decline_offer
    try:
        act(party=page.party)
    except SignUpError as refusal:
        fresh = PartyPage(tokens.party_of(page.token) or page.party, page.token)
        return _shown(request, fresh, "page", 409, refusal=str(refusal))
    return _back(page)


@_with_party
def calendar(request: HttpRequest, page: PartyPage) -> HttpResponse:
    """The dates for their own calendar; only while they have seats."""
    if request.method == "POST" or not page.may_be_kept:
        return _back(page)
    response = HttpResponse(
        party_calendar(page.party), content_type="text/calendar; charset=utf-8; method=PUBLISH"
    )
    response["Content-Disposition"] = 'attachment; filename="samtun.ics"'
    return response


def _may_go_on(request: HttpRequest, page: PartyPage, new: str | None = None) -> bool:
    """Each change is a letter, perhaps to the grown-up who is asked or to a `new` address."""
    party = page.party
    return may_cause_letters(request, (new, party.email, party.guardian_email))


def _form(page: PartyPage, sent: Any) -> PartyForm:  # noqa: ANN401  (a QueryDict, or nothing)
    return PartyForm(
        sent,
        intake=page.intake,
        language=page.language,
        municipalities=page.frame.scope.municipalities if page.frame else (),
        least=page.party.size,
        initial=shown_of(page.party),
    )


def _chosen(dates: list[Intake], key: str) -> Intake | None:
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return next((one for one in dates if one.pk == wanted), None)


def _listed(dates: list[Intake]) -> list[tuple[str, str]]:
    """(key, when) of each date."""
    return [
        (str(one.pk), span(one.starts_at, one.ends_at))
        for one in dates
        if one.starts_at and one.ends_at
    ]


def _shown(
    request: HttpRequest, page: PartyPage, template: str, status: int = 200, **more: object
) -> HttpResponse:
    frame = page.frame
    context = (frame.context() if frame else {}) | {
        "page": page,
        "party": page.party,
        "event": page.event,
        "meetings": page.meetings,
        "token": page.token,
        "state": page.state,
        "contact": answers.first_contact(frame) if frame else None,
        "own_address": tokens.address("party", page.token, page.language),
    }
    return render(request, f"front/party/{template}.html", context | more, status=status)


def _back(page: PartyPage, said: str = "") -> HttpResponse:
    """To the personal page, which says how things are now."""
    response = redirect("front:party", token=page.token)
    if said:
        response["Location"] += f"?sagt={said}"
    return response
