"""What the holder of a letter may do: say that an entry is right, change it, or end it.

Nobody has signed in here. The letter is the authority, for its entries only, and only while they
are still kept by the address it was sent to or looked after by the person who got it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from samtun.directory.editing import actions as editing
from samtun.directory.editing import confirming, reading
from samtun.directory.editing.document import Document
from samtun.directory.enums import (
    PUBLIC_STATUSES,
    Answer,
    AskingStage,
    ServiceStatus,
    SuggestionKind,
    SuggestionState,
    VersionReason,
)
from samtun.directory.keeping import enquiries
from samtun.directory.keeping.enquiries import Reader
from samtun.directory.models import Asking, EnquiredService, Enquiry, Service, Suggestion
from samtun.directory.queries.keepers import keeper_address_of
from samtun.directory.queries.placing import region_of
from samtun.organisations.models import Region
from samtun.people import audit
from samtun.people.rules import may


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer; `waits`: an editor looks at it before anybody sees it."""

    waits: bool = False


def entries_of(enquiry: Enquiry) -> list[EnquiredService]:
    """The entries that `enquiry` may be answered for today, by name; one query for a keeper."""
    found = enquiry.services.select_related("service__organization", "service__keeper")
    mine = [entry for entry in found if _is_open(entry) and _may_answer(enquiry, entry.service)]
    return sorted(mine, key=lambda entry: (entry.service.name.casefold(), entry.service_id))


def _is_open(entry: EnquiredService) -> bool:
    """Public, or ended by this very letter, so that it can be taken back."""
    return entry.service.status in PUBLIC_STATUSES or entry.answer == Answer.NO_LONGER


def _may_answer(enquiry: Enquiry, service: Service) -> bool:
    if keeper_address_of(service) == enquiry.email.lower():
        return True
    person = enquiry.person
    return bool(person and may(person, "directory.change_service", service))


@transaction.atomic
def still_right(entries: Sequence[EnquiredService]) -> None:
    """Everything about `entries` is as it should be. Saying it twice changes nothing more.

    Whoever had said that an offer was no longer given brings it back.
    """
    for entry in _locked(entries):
        if entry.answer == Answer.STILL_RIGHT:
            continue
        _waiting_changes(entry).delete()
        if entry.answer == Answer.NO_LONGER and _bring_back(entry):
            continue
        confirming.confirm(entry.service, answer=Answer.STILL_RIGHT, by=None)
        _write(entry, Answer.STILL_RIGHT)


def _bring_back(entry: EnquiredService) -> bool:
    """Take the end back; whether an editor has to look first.

    What an editor has ended, also because the keeper said so, is an editor's to bring back.
    """
    service, region = entry.service, region_of(entry.service.organization)
    document = _brought_back(service)
    if document == reading.document_of(service):
        return False
    newest = service.versions.order_by("-number").values_list("reason", flat=True).first()
    is_free = region is None or region.keeper_changes_go_live
    if region and not (is_free and newest == VersionReason.KEEPER):
        _let_wait(entry, region, document, version_of(service))
        _write(entry, Answer.CHANGED)
        return True
    entry.service = _save(service, document)
    return False


def _brought_back(service: Service) -> Document:
    """The offer as it is now, public again as it was before it was ended."""
    document = reading.document_of(service)
    document["end_on"] = None
    if service.status not in PUBLIC_STATUSES:
        kept = service.versions.filter(document__status__in=PUBLIC_STATUSES).order_by("-number")
        last = kept.values_list("document__status", flat=True).first()
        document["status"] = last or ServiceStatus.ACTIVE
    return document


@transaction.atomic
def no_longer(entry: EnquiredService, *, last_day: date | None = None) -> Outcome:
    """The offer has ended, or ends after `last_day`; an editor may have to look first."""
    (entry,) = _locked([entry])
    document = reading.document_of(entry.service)
    before = (document["status"], document["end_on"])
    if last_day and last_day >= timezone.localdate():
        document["end_on"] = last_day.isoformat()
    else:
        document["status"] = ServiceStatus.DEFUNCT
    if entry.answer == Answer.NO_LONGER and before == (document["status"], document["end_on"]):
        return Outcome()  # pressed twice
    return _settle(entry, Answer.NO_LONGER, document)


@transaction.atomic
def changed(entry: EnquiredService, document: Document, *, based_on: int) -> Outcome:
    """The entry as the keeper wrote it; the region may want an editor to look first.

    Raises:
        Changed: somebody else has changed it since version `based_on`.
        Invalid: with the errors by field.
    """
    (entry,) = _locked([entry])
    return _settle(entry, Answer.CHANGED, document, based_on=based_on)


def version_of(service: Service) -> int:
    """The number of the newest version; 0 when it was never changed here."""
    newest = service.versions.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def waits_for_editor(entries: Sequence[EnquiredService]) -> set[UUID]:
    """The services among `entries` that have a keeper's change nobody has looked at yet."""
    waiting = _changes().filter(service__in=[entry.service_id for entry in entries])
    return set(waiting.values_list("service_id", flat=True))


def _settle(
    entry: EnquiredService, answer: Answer, document: Document, *, based_on: int | None = None
) -> Outcome:
    service, region = entry.service, region_of(entry.service.organization)
    _waiting_changes(entry).delete()
    if region and not region.keeper_changes_go_live:
        _let_wait(entry, region, document, version_of(service) if based_on is None else based_on)
        _write(entry, answer)
        return Outcome(waits=True)
    saved = _save(service, document, based_on)
    confirming.confirm(saved, answer=answer, by=None)
    _write(entry, answer)
    return Outcome()


def _let_wait(entry: EnquiredService, region: Region, document: Document, based_on: int) -> None:
    """The keeper has answered, so nobody is asked while an editor looks at it."""
    Asking.objects.filter(service=entry.service).delete()
    Suggestion.objects.create(
        kind=SuggestionKind.CHANGE,
        region=region,
        service=entry.service,
        document=document,
        based_on=based_on,
        email=entry.enquiry.email,
        language=entry.enquiry.language,
    )
    details: dict[str, object] = {"by": "keeper"}
    audit.record("suggestion.made", by=None, about=entry.service, details=details)


def _changes() -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(kind=SuggestionKind.CHANGE, state=SuggestionState.WAITING)


def _waiting_changes(entry: EnquiredService) -> QuerySet[Suggestion]:
    """What the same keeper sent in before and nobody has looked at: the new answer stands."""
    return _changes().filter(service=entry.service, email__iexact=entry.enquiry.email)


def _locked(entries: Sequence[EnquiredService]) -> list[EnquiredService]:
    """The rows anew, so that two presses at once come one after the other."""
    rows = EnquiredService.objects.select_for_update(of=("self",)).filter(
        pk__in=[entry.pk for entry in entries]
    )
    found = rows.select_related("enquiry", "service__organization__region")
    return list(found.order_by("service"))


def _write(entry: EnquiredService, answer: Answer) -> None:
    entry.answer, entry.answered_at = answer, timezone.now()
    entry.save(update_fields=["answer", "answered_at"])


def _save(service: Service, document: Document, based_on: int | None = None) -> Service:
    return editing.save(
        document=document,
        by=None,
        service=service,
        reason=VersionReason.KEEPER,
        based_on=based_on,
    )


@transaction.atomic
def send_again(enquiry: Enquiry) -> bool:
    """A fresh letter to the address that the old one went to, and to no other.

    At most one a day, about what is still theirs and not answered; whether one was sent.
    """
    recent = Enquiry.objects.filter(
        email__iexact=enquiry.email, made_at__gt=timezone.now() - timedelta(days=1)
    )
    services = [entry.service for entry in entries_of(enquiry) if not entry.answer]
    if recent.exists() or not services:
        return False
    reader = Reader(enquiry.email, enquiry.person, enquiry.language)
    return enquiries.ask([(reader, services)], AskingStage.ASKED) == 1
