"""One way to change services: lock, read, clean, check, write, keep the version, tell the rest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from samtun.directory import finding
from samtun.directory.editing import confirming
from samtun.directory.editing.checking import Facts, check
from samtun.directory.editing.cleaning import cleaned, errors_of
from samtun.directory.editing.differences import differences
from samtun.directory.editing.document import Document, empty
from samtun.directory.editing.errors import Changed, EditingError, Invalid, NotYours
from samtun.directory.editing.reading import documents_of
from samtun.directory.editing.writing import changed_fields, write
from samtun.directory.enums import VersionReason
from samtun.directory.models import (
    Attribute,
    Contact,
    CostOption,
    ImportedRecord,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceVersion,
    SpokenLanguage,
)
from samtun.organisations.actions import slug_from
from samtun.organisations.enums import Language
from samtun.people import audit
from samtun.people.models import User
from samtun.people.rules import may

Edit = Callable[[Document], object]
_WITHOUT_ACCOUNT = {VersionReason.KEEPER: "keeper", VersionReason.DATE: "night"}


@dataclass(frozen=True, slots=True)
class Change:
    """How something is changed, by whom and why; `action` is what the trail calls it."""

    by: User | None
    reason: VersionReason = VersionReason.EDITED
    action: str = "service.changed"
    based_on: int | None = None
    asks_leave: bool = False  # whether `by` may change each service is asked here


@dataclass(slots=True)
class Outcome:
    """What became of one service. Neither `error` nor `fields`: it was so already."""

    service: Service
    fields: list[str] = field(default_factory=list)
    error: EditingError | None = None


@dataclass(slots=True)
class _Work:
    """One service on its way."""

    service: Service
    stored: Document  # as it is read
    newest: ServiceVersion | None
    before: Document | None = None
    after: Document | None = None
    facts: Facts = field(default_factory=Facts)
    fields: list[str] = field(default_factory=list)


@transaction.atomic
def change_all(ids: Iterable[UUID], edit: Edit, change: Change) -> list[Outcome]:
    """Change the services named as `edit` says, in order of their keys; those that cannot be
    changed have an `error`, and are as they were."""
    keys = sorted(set(ids))
    locked = Service.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    services = list(locked.select_related("organization").order_by("pk"))
    newest = _newest(services)
    outcomes, works = [], []
    for service, stored in zip(services, documents_of(services), strict=True):
        work = _Work(service, stored, newest.get(service.pk))
        outcome = Outcome(service)
        outcomes.append(outcome)
        try:
            _prepare(work, edit, change)
        except EditingError as error:
            outcome.error = error
            continue
        outcome.fields = work.fields
        if work.fields:
            works.append(work)
    _carry_out(works, change)
    return outcomes


@transaction.atomic
def make(document: object, change: Change) -> Service:
    """A new service. Raises `Invalid`."""
    base = _new_base(document)
    after, problems = cleaned(document, base)
    facts = check(after, base, problems, by=change.by, service=None)
    if errors := errors_of(problems.found):
        raise Invalid(errors)
    service = Service(last_modified=timezone.now(), status=base["status"])
    _claim_address(service, after)
    written = write(service, base, after, facts, by=change.by)
    _keep_versions([_Work(service, base, None, fields=written.fields)], change, is_new=True)
    _tell([service.pk, *written.others])
    service.refresh_from_db()
    return service


def _new_base(document: object) -> Document:
    language = document.get("language") if isinstance(document, dict) else None
    known = isinstance(language, str) and language in Language.values
    return empty(language=str(language) if known else Language.BOKMAL)


def _claim_address(service: Service, document: Document) -> None:
    """Add the row under an address of its own: two that are made at once may want the same."""
    service.organization_id = UUID(document["organization"])
    wanted = slug_from(document["texts"][document["language"]]["name"], length=100) or "tilbud"
    own = f"{wanted}-{str(service.pk)[:8]}"
    service.slug = own if Service.objects.filter(slug=wanted).exists() else wanted
    try:
        with transaction.atomic():
            service.save(force_insert=True)
    except IntegrityError:  # taken between the question and now
        service.slug = own
        service.save(force_insert=True)


def _newest(services: Sequence[Service]) -> dict[UUID, ServiceVersion]:
    of_service = ServiceVersion.objects.filter(service=OuterRef("service")).order_by("-number")
    rows = ServiceVersion.objects.filter(
        service__in=services, number=Subquery(of_service.values("number")[:1])
    )
    return {row.service_id: row for row in rows}


def _prepare(work: _Work, edit: Edit, change: Change) -> None:
    if change.asks_leave and not _may_change(change.by, work.service):
        raise NotYours
    number = work.newest.number if work.newest else 0
    if change.based_on is not None and change.based_on < number:
        raise _changed(work, change.based_on)
    base, excused = cleaned(work.stored, work.stored)
    after, problems = cleaned(edit(base), base)
    is_restored = change.reason == VersionReason.RESTORED
    if is_restored:  # it could be kept then
        excused.found += problems.found
    work.facts = check(
        after, base, problems, by=change.by, service=work.service, is_restored=is_restored
    )
    if errors := errors_of(problems.found, excused.found):
        raise Invalid(errors)
    work.before, work.after = base, after
    work.fields = changed_fields(base, after)


def _may_change(by: User | None, service: Service) -> bool:
    return by is not None and may(by, "directory.change_service", service)


def _changed(work: _Work, based_on: int) -> Changed:
    """What came in between; the first version stands for what was before there was any."""
    newest = cast("ServiceVersion", work.newest)
    versions = ServiceVersion.objects.filter(service=work.service).select_related("person")
    known = list(versions.filter(number__gte=max(based_on, 1)).order_by("number"))
    since = [version for version in known if version.number > max(based_on, 1)]
    return Changed(newest, since, differences(known[0].document, work.stored))


def _carry_out(works: list[_Work], change: Change) -> None:
    if not works:
        return
    _forget_imports([work.service.pk for work in works])
    _keep_before(works)
    now, others = timezone.now(), set()
    for work in works:
        work.service.last_modified = now
        before, after = cast("Document", work.before), cast("Document", work.after)
        written = write(work.service, before, after, work.facts, by=change.by)
        others |= written.others
    _keep_versions(works, change)
    changed = {work.service.pk for work in works}
    Service.objects.filter(pk__in=others - changed).update(last_modified=now)
    _tell([*changed, *(others - changed)])
    for work in works:
        work.service.refresh_from_db()


def _tell(ids: list[UUID]) -> None:
    confirming.renew_due(ids)
    finding.refresh(ids)


def _keep_before(works: list[_Work]) -> None:
    """What stood there before, where no version holds it: the first change, or a change that was
    made elsewhere (a shared place, an import)."""
    kept = []
    for work in works:
        if work.newest is None or work.newest.document != work.stored:
            number = work.newest.number + 1 if work.newest else 1
            work.newest = ServiceVersion(
                service=work.service,
                number=number,
                reason=VersionReason.BEFORE,
                document=work.stored,
            )
            kept.append(work.newest)
    ServiceVersion.objects.bulk_create(kept)


def _keep_versions(works: list[_Work], change: Change, *, is_new: bool = False) -> None:
    services = [work.service for work in works]
    fresh = Service.objects.select_related("organization").in_bulk([one.pk for one in services])
    documents = documents_of([fresh[one.pk] for one in services])
    versions = [
        ServiceVersion(
            service=work.service,
            number=work.newest.number + 1 if work.newest else 1,
            person=change.by,
            reason=change.reason,
            document=document,
        )
        for work, document in zip(works, documents, strict=True)
    ]
    ServiceVersion.objects.bulk_create(versions)
    for work, version in zip(works, versions, strict=True):
        details: dict[str, object] = {"fields": work.fields, "version": version.number}
        if change.by is None:
            details["by"] = _WITHOUT_ACCOUNT.get(change.reason, "system")
        action = "service.added" if is_new else change.action
        audit.record(action, by=change.by, about=fresh[work.service.pk], details=details)


def _forget_imports(services: list[UUID]) -> None:
    """These services and their parts are no longer their source's, so that it undoes nothing."""
    places = ServiceAtLocation.objects.filter(service__in=services).values("pk")
    contacts = Contact.objects.filter(service__in=services).values("pk")
    own = Q(service__in=services) | Q(service_at_location__in=places)
    parts = {
        "service_at_location": places,
        "contact": Contact.objects.filter(own).values("pk"),
        "phone": Phone.objects.filter(own | Q(contact__in=contacts)).values("pk"),
        "schedule": Schedule.objects.filter(own).values("pk"),
        "attribute": Attribute.objects.filter(own).values("pk"),
        "language": SpokenLanguage.objects.filter(service__in=services).values("pk"),
        "service_area": ServiceArea.objects.filter(service__in=services).values("pk"),
        "cost_option": CostOption.objects.filter(service__in=services).values("pk"),
        "required_document": RequiredDocument.objects.filter(service__in=services).values("pk"),
    }
    wanted = Q(table="service", record_id__in=services)
    for table, keys in parts.items():
        wanted |= Q(table=table, record_id__in=keys)
    ImportedRecord.objects.filter(wanted).delete()
