"""The outbox: for whoever keeps the installation running, and for everybody in the demo."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtun.desk import outbox
from samtun.desk.page import page
from samtun.mail import queries
from samtun.mail.actions import ACCOUNT
from samtun.mail.enums import LetterState
from samtun.mail.models import Letter
from samtun.people import audit, demo
from samtun.people.access import PersonRequest, public, requires

_PERMISSION = "people.view_outbox"
PAGE_SIZE = 30
_LAST_PAGE = 1000
_MOST_ADDRESSES = 200


@requires(_PERMISSION)
@require_safe
def letters(request: PersonRequest) -> HttpResponse:
    """Letters, newest first, and the addresses that letters come back from."""
    state = request.GET.get("tilstand", "")
    chosen = state if state in LetterState.values else ""
    context = {
        "states": _states(chosen),
        "waits_in_vain": not settings.MAIL_URL and not settings.DEMO,
        "bounced": queries.bounced_addresses()[:_MOST_ADDRESSES],
        **_part(request, chosen),
    }
    audit.looked(by=request.user, at="outbox")
    return page(request, "desk/outbox.html", context, room="outbox")


@requires(_PERMISSION, load=outbox.letter)
@require_safe
def letter(request: PersonRequest, filed: outbox.FiledLetter) -> HttpResponse:
    """One letter, as its reader sees it."""
    audit.looked(by=request.user, at=filed)
    return page(
        request, "desk/outbox_letter.html", _shown(filed.letter, heading="h3"), room="outbox"
    )


@requires(_PERMISSION, load=outbox.letter)
@require_POST
def send_again(request: PersonRequest, filed: outbox.FiledLetter) -> HttpResponse:
    """Try a stuck letter once more."""
    if outbox.send_again(filed=filed, by=request.user):
        messages.success(request, _("The letter is on its way once more."))
    else:
        messages.warning(
            request, _("The letter cannot be sent. Look at why, and clear the address first.")
        )
    return redirect("desk:letter", key=filed.pk)


@requires(_PERMISSION, load=outbox.bounced)
@require_POST
def write_to_again(request: PersonRequest, filed: outbox.FiledAddress) -> HttpResponse:
    """Clear an address."""
    outbox.write_to_again(filed=filed, by=request.user)
    messages.success(request, _("Letters go to the address again."))
    return redirect("desk:outbox")


@public
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """In the demo: whom to sign in as, and every letter as its reader would see it."""
    if not settings.DEMO:
        raise Http404
    part = _part(request, "")
    letters = [_shown(each, heading="h3") for each in part["letters"]]
    context = {**part, "letters": letters, "people": demo.people()}
    return render(request, "desk/outbox_shown.html", context)


def _part(request: HttpRequest, state: str) -> dict[str, Any]:
    """One page of letters, and the numbers of the pages beside it."""
    asked = request.GET.get("side", "1")
    number = min(max(int(asked), 1), _LAST_PAGE) if asked.isascii() and asked.isdigit() else 1
    start = (number - 1) * PAGE_SIZE
    found: list[Letter] = list(queries.letters(state)[start : start + PAGE_SIZE + 1])
    older = number + 1 if len(found) > PAGE_SIZE and number < _LAST_PAGE else 0
    return {"letters": found[:PAGE_SIZE], "state": state, "newer": number - 1, "older": older}


def _states(chosen: str) -> list[dict[str, Any]]:
    counted = queries.count_by_state()
    return [
        {"value": state.value, "name": state.label, "count": count, "is_current": chosen == state}
        for state in LetterState
        if (count := counted.get(state.value, 0)) or chosen == state
    ]


def _shown(letter: Letter, *, heading: str) -> dict[str, Any]:
    """The letter, and its content with headings that fit below those of the page.

    Nobody reads another's way in, not even whoever runs the installation.
    """
    if letter.purpose.startswith(ACCOUNT) and not letter.is_emptied and not settings.DEMO:
        letter.text = _("It opens somebody's account, so only its reader sees what it says.")
        letter.html = f"<p>{escape(letter.text)}</p>"
    html = letter.html.replace("<h2>", f"<{heading}>").replace("</h2>", f"</{heading}>")
    return {"letter": letter, "html": mark_safe(html)}  # noqa: S308  # `mail.rendering` escapes
