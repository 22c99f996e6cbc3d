"""What visitors and keepers tell us about the map, and what editors answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.directory.editing import actions as editing
from samtun.directory.editing import confirming, drafts
from samtun.directory.editing.document import Document, empty
from samtun.directory.editing.forms import data_of
from samtun.directory.enums import (
    Answer,
    ServiceStatus,
    SuggestionKind,
    SuggestionState,
    VersionReason,
)
from samtun.directory.keeping import limits, replies
from samtun.directory.models import Service, ServiceDraft, Suggestion
from samtun.mail.models import Letter
from samtun.organisations.models import Municipality, Region
from samtun.people import audit
from samtun.people.models import User

ADDRESS_STAYS = timedelta(days=30)  # after the answer
UNANSWERED_ADDRESS_STAYS = timedelta(days=180)
TEXT_STAYS = timedelta(days=365)  # after the answer


class SuggestionError(Exception):
    """Nothing was kept or changed; `str()` is fit for the person who tried."""


class TooMany(SuggestionError):  # noqa: N818  (a state, named as one)
    """More was written today than anybody can read."""

    def __init__(self) -> None:
        super().__init__(_("We have been told so much today that we must catch up first."))


class AnsweredAlready(SuggestionError):  # noqa: N818  (what has happened to the suggestion)
    """A colleague was first; `suggestion` is as they left it."""

    def __init__(self, suggestion: Suggestion) -> None:
        super().__init__(_("A colleague has answered this already. Nothing more was sent."))
        self.suggestion = suggestion


class NoReason(SuggestionError):  # noqa: N818  (what is missing)
    """Nobody is turned down without a word."""

    def __init__(self) -> None:
        super().__init__(_("Choose a reason, or write one."))


@transaction.atomic
def report_error(
    *, service: Service, region: Region, text: str, email: str, language: str, sender: str
) -> Suggestion:
    """Somebody saw that something about `service` is not right; see `_receive`."""
    said = Suggestion(
        kind=SuggestionKind.ERROR, service=service, region=region, text=text, email=email,
        language=language,
    )  # fmt: skip
    return _receive(said, sender)


@transaction.atomic
def propose(
    *,
    region: Region,
    municipality: Municipality | None,
    text: str,
    document: dict[str, Any],
    email: str,
    language: str,
    sender: str,
) -> Suggestion:
    """Somebody misses an offer; `document` is what they know of it, in the form's shape."""
    said = Suggestion(
        kind=SuggestionKind.MISSING, region=region, municipality=municipality, text=text,
        document=document, email=email, language=language,
    )  # fmt: skip
    return _receive(said, sender)


def _receive(said: Suggestion, sender: str) -> Suggestion:
    """Keep `said`; what has been said in the same words and still waits is not kept twice.

    `sender` is the IP address it came from, which is counted and not kept.

    Raises:
        TooMany: the sender, or all together, have written too much today.
    """
    if not limits.may_send(sender) or _is_flooded(said):
        raise TooMany
    if same := _same(said):
        if said.email and not same.email:
            same.email, same.language = said.email, said.language
            same.save(update_fields=["email", "language"])
        return same
    said.save()
    audit.record("suggestion.made", by=None, about=said, details={"by": "visitor"})
    return said


def _is_flooded(said: Suggestion) -> bool:
    """Whether the desk has got as much today as anybody can read."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    ours = Suggestion.objects.filter(made_at__gte=today, region=said.region).exclude(
        kind=SuggestionKind.CHANGE
    )
    if said.service_id:
        about = ours.filter(service=said.service_id).count()
        if about >= limits.ABOUT_A_SERVICE:
            return True
    return ours.count() >= limits.IN_A_REGION


def _same(said: Suggestion) -> Suggestion | None:
    """One that waits and says the same, unless somebody else wants to hear about it."""
    waiting = Suggestion.objects.select_for_update(of=("self",)).filter(
        Q(email="") | Q(email__iexact=said.email) if said.email else Q(),
        kind=said.kind,
        region=said.region,
        service=said.service,
        state=SuggestionState.WAITING,
    )
    plain = _plain(said.text)
    return next((one for one in waiting.order_by("made_at") if _plain(one.text) == plain), None)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@transaction.atomic
def accept(suggestion: Suggestion, *, by: User) -> Suggestion:
    """What they said is right: a keeper's change is made, an error counts as corrected.

    Raises:
        AnsweredAlready: a colleague was first.
        EditingError: the change cannot be made, because the entry has changed since, or because
            something in it cannot be kept.
    """
    found = _open(suggestion)
    if found.kind == SuggestionKind.CHANGE and found.service and found.document:
        _apply(found, found.service, found.document, by)
    return _settle(found, SuggestionState.ACCEPTED, by)


def _apply(found: Suggestion, service: Service, document: dict[str, Any], by: User) -> None:
    """The keeper has looked at the whole entry, so it is confirmed as well."""
    saved = editing.save(
        document=document,
        by=by,
        service=service,
        reason=VersionReason.SUGGESTION,
        based_on=found.based_on,
    )
    is_over = document.get("status") == ServiceStatus.DEFUNCT
    answer = Answer.NO_LONGER if is_over else Answer.CHANGED
    confirming.confirm(saved, answer=answer, by=by)


@transaction.atomic
def accept_missing(suggestion: Suggestion, *, by: User) -> ServiceDraft:
    """Begin an offer of what somebody missed: a draft of `by`'s, with what was told filled in.

    Raises:
        AnsweredAlready: a colleague was first.
    """
    found = _open(suggestion)
    fields = dict(data_of(begun(found)).lists())
    draft = drafts.keep(person=by, service=None, fields=fields)
    _settle(found, SuggestionState.ACCEPTED, by)
    return draft


def begun(suggestion: Suggestion) -> Document:
    """What is known of an offer that somebody misses, as the beginning of one."""
    document = empty(language=suggestion.language)
    said = suggestion.document or {}
    for language, texts in said.get("texts", {}).items():
        document["texts"][language].update(texts)
    document.update({key: said[key] for key in ("url", "phones", "covers") if key in said})  # type: ignore[typeddict-item]  # names of fields
    return document


@transaction.atomic
def accept_changed(suggestion: Suggestion, *, by: User) -> Suggestion:
    """There was something in it, and the editor has changed the entry in their own way.

    Raises:
        AnsweredAlready: a colleague was first.
    """
    return _settle(_open(suggestion), SuggestionState.ACCEPTED_CHANGED, by)


@transaction.atomic
def decline(suggestion: Suggestion, *, by: User, reason: str = "", words: str = "") -> Suggestion:
    """Nothing is changed. `reason` is a key of `replies.REASONS`, `words` the editor's own.

    Raises:
        AnsweredAlready: a colleague was first.
        NoReason: neither was given.
    """
    found = _open(suggestion)
    found.reply = replies.reply(found, reason, words)
    if not found.reply:
        raise NoReason
    return _settle(found, SuggestionState.DECLINED, by)


def _open(suggestion: Suggestion) -> Suggestion:
    """The row, locked, so that of two editors one is first."""
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related(
        "region", "service__organization", "answered_by"
    )
    found = rows.get(pk=suggestion.pk)
    if found.state != SuggestionState.WAITING:
        raise AnsweredAlready(found)
    return found


def _settle(found: Suggestion, state: SuggestionState, by: User) -> Suggestion:
    found.state, found.answered_by, found.answered_at = state, by, timezone.now()
    found.save(update_fields=["state", "answered_by", "answered_at", "reply"])
    audit.record(f"suggestion.{state}", by=by, about=found, details={"kind": found.kind})
    replies.post(found)
    return found


@transaction.atomic
def tidy(now: Callable[[], datetime] = timezone.now) -> None:
    """Delete what has had its time, once a day; see docs/privacy.md.

    The letter goes with the address it was sent to.
    """
    moment = now()
    answered = Q(answered_at__lt=moment - ADDRESS_STAYS)
    forgotten = Q(state=SuggestionState.WAITING, made_at__lt=moment - UNANSWERED_ADDRESS_STAYS)
    Suggestion.objects.filter(answered | forgotten).exclude(email="").update(email="")
    old = Suggestion.objects.filter(answered_at__lt=moment - TEXT_STAYS)
    old.exclude(text="", reply="", document__isnull=True).update(text="", reply="", document=None)
    Letter.objects.filter(purpose=replies.PURPOSE, posted_at__lt=moment - ADDRESS_STAYS).delete()
    limits.tidy(timezone.localdate(moment))
