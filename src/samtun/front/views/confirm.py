"""The pages behind a letter's links: no account, no cookie, and nothing done by opening them.

Mail scanners open links, so every page only asks; what is done is done by pressing a button, which
sends a form. The signed name in the address is the whole authority, and who does not have it cannot
send the form; see `front.private`.
"""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from samtun.directory.editing import reading
from samtun.directory.editing.differences import Difference, differences
from samtun.directory.editing.errors import Changed, Invalid
from samtun.directory.editing.form_secrets import (
    has_secret_places,
    with_secret_places,
    without_secret_places,
)
from samtun.directory.editing.forms import (
    OfferForm,
    after_button,
    choices_for_keeper,
    data_of,
    pressed,
    typed,
)
from samtun.directory.editing.versions import base_of
from samtun.directory.enums import Answer
from samtun.directory.keeping import answering, tokens
from samtun.directory.keeping.letters import WORDS
from samtun.directory.models import EnquiredService, Enquiry
from samtun.front.asked import asked
from samtun.front.private import private

AT_ONCE = 60  # entries on one page; the rest come when these are answered
_ANSWERS = {word: answer for answer, word in WORDS.items()}


@private
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """All entries of a letter; pressing says that all of those left are still right."""
    enquiry, entries = _opened(token)
    if enquiry is None or not entries:
        return _unusable(request, token)
    left = [entry for entry in entries if not entry.answer]
    if request.method == "POST":
        answering.still_right(left)
        return redirect("front:confirm_thanks", token=token)
    shown = sorted(entries, key=lambda entry: bool(entry.answer))[:AT_ONCE]
    context = {"token": token, "asked": asked(shown), "left": len(left), "enquiry": enquiry}
    return render(request, "front/confirm/letter.html", context)


class EndForm(forms.Form):
    """When it ends."""

    siste_dag = forms.DateField(
        label=_("Last day"),
        required=False,
        error_messages={"invalid": _("Write the date like this: 24.12.2026.")},
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"],
    )


@private
def entry(request: HttpRequest, token: str, service: UUID) -> HttpResponse:
    """One entry, with the answer of the letter's button chosen and one button to press."""
    enquiry, entries = _opened(token)
    one = _entry_of(entries, service)
    if enquiry is None or one is None:
        return _unusable(request, token)
    given = request.POST if request.method == "POST" else request.GET
    answer = _ANSWERS.get(given.get("svar", ""))
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and answer and form.is_valid():
        return _answered(token, one, answer, form)
    if answer == Answer.CHANGED:
        return redirect("front:confirm_change", token=token, service=service)
    context = {
        "token": token,
        "one": asked([one])[0],
        "is_right": answer == Answer.STILL_RIGHT,
        "is_over": answer == Answer.NO_LONGER,
        "form": form,
        "others": len(entries) - 1,
    }
    return render(request, "front/confirm/entry.html", context)


def _answered(
    token: str, one: EnquiredService, answer: Answer, form: EndForm
) -> HttpResponseRedirect:
    if answer == Answer.CHANGED:
        return redirect("front:confirm_change", token=token, service=one.service_id)
    if answer == Answer.STILL_RIGHT:
        answering.still_right([one])
    else:
        answering.no_longer(one, last_day=form.cleaned_data["siste_dag"])
    return _thanks(token, one)


@private
def change(request: HttpRequest, token: str, service: UUID) -> HttpResponse:
    """The form of the desk for one entry; only its saving button saves."""
    _enquiry, entries = _opened(token)
    one = _entry_of(entries, service)
    if one is None:
        return _unusable(request, token)
    stored = reading.document_of(one.service)
    document = without_secret_places(stored)
    choices = choices_for_keeper(document, get_language() or "nb")
    version = answering.version_of(one.service)
    has_secret = has_secret_places(stored)
    context = {"token": token, "one": one, "version": version, "has_secret": has_secret}
    drawn = partial(OfferForm, choices=choices, document=document, for_keeper=True)
    if request.method != "POST":
        return _form(request, context | {"form": drawn(data_of(document), checked=False)})
    data = typed(request.POST)
    if pressed(data) == "save":
        return _saved(request, context, one, drawn(data))
    changed = after_button(data)
    form = drawn(changed.data, checked=False, focus=changed.focus)
    return _form(request, context | {"form": form, "version": _version(request)})


def _saved(
    request: HttpRequest, context: dict[str, object], one: EnquiredService, form: OfferForm
) -> HttpResponse:
    if form.is_valid():
        stored = reading.document_of(one.service)
        try:
            answering.changed(
                one, with_secret_places(form.document(), stored), based_on=_version(request)
            )
        except Invalid as error:
            form.refuse(error.errors)
        except Changed as error:
            # What they wrote is in the form still; pressing again saves it over the other's.
            since = _since(one, error, _version(request))
            return _form(request, context | {"form": form, "since": since, "is_late": True})
        else:
            return _thanks(str(context["token"]), one)
    return _form(request, context | {"form": form, "version": _version(request)})


def _since(one: EnquiredService, changed: Changed, version: int) -> list[Difference]:
    """What the other changed, without what is secret."""
    newest = changed.current_version.document
    before = base_of(one.service, max(version, 1))
    return differences(without_secret_places(before or newest), without_secret_places(newest))


def _version(request: HttpRequest) -> int:
    """The version that the form was written from; what is no number was written from nothing."""
    given = request.POST.get("versjon", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _form(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return render(request, "front/confirm/change.html", context)


@private
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What was answered, what became of it, and when we ask next time."""
    enquiry, entries = _opened(token)
    if enquiry is None:
        return _unusable(request, token)
    named = request.GET.get("tilbud", "")
    answered = [
        one for one in entries if one.answer and (not named or str(one.service_id) == named)
    ]
    context = {
        "token": token,
        "asked": asked(answered[:AT_ONCE]),
        "left": sum(1 for one in entries if not one.answer),
        "enquiry": enquiry,
    }
    return render(request, "front/confirm/thanks.html", context)


@private
@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh letter, to the address of the old one only. Says the same whatever happened."""
    if enquiry := tokens.any_enquiry_of(token):
        answering.send_again(enquiry)
    return render(request, "front/confirm/again.html")


def _opened(token: str) -> tuple[Enquiry | None, list[EnquiredService]]:
    enquiry = tokens.enquiry_of(token)
    return enquiry, answering.entries_of(enquiry) if enquiry else []


def _entry_of(entries: list[EnquiredService], service: UUID) -> EnquiredService | None:
    return next((one for one in entries if one.service_id == service), None)


def _thanks(token: str, one: EnquiredService) -> HttpResponseRedirect:
    response = redirect("front:confirm_thanks", token=token)
    response["Location"] += f"?tilbud={one.service_id}"
    return response


def _unusable(request: HttpRequest, token: str) -> HttpResponse:
    """Too old, forged, forgotten or somebody else's: nobody can tell which."""
    return render(request, "front/confirm/unusable.html", {"token": token}, status=404)
