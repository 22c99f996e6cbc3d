"""When a service must be confirmed, and writing down that somebody confirmed it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import (
    Case,
    DateField,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from samtun.directory import finding
from samtun.directory.enums import PUBLIC_STATUSES, Answer
from samtun.directory.models import Asking, Confirmation, Service
from samtun.organisations.models import CONFIRM_EVERY_DAYS, Region
from samtun.people import audit
from samtun.people.models import User

_BATCH = 500


class _DaysLater(Func):
    """A date so many days after another, both of them columns; neither database asks Python."""

    output_field = DateField()
    template = "(%(expressions)s)"
    arg_joiner = " + "

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: Any,  # noqa: ANN401  (Django types it so)
        **context: Any,  # noqa: ANN401
    ) -> tuple[str, Any]:
        """SQLite keeps a date as text."""
        return self.as_sql(
            compiler,
            connection,
            template="date(%(expressions)s || ' days')",
            arg_joiner=", ",
            **context,
        )


def interval() -> Coalesce:
    """The days between confirmations of a service, as an expression on `Service`.

    An editor's own choice for the entry, else what the region of its organisation says: the one
    that keeps the organisation, else the most careful of those that have its municipality.
    """
    keeps = Region.objects.filter(organizations__services=OuterRef("pk"))
    covers = Region.objects.filter(municipalities__organizations__services=OuterRef("pk"))
    return Coalesce(
        F("confirm_every_days"),
        Subquery(keeps.values("confirm_every_days")[:1]),
        Subquery(covers.order_by("confirm_every_days").values("confirm_every_days")[:1]),
        Value(CONFIRM_EVERY_DAYS),
        output_field=IntegerField(),
    )


def _due(today: date) -> Case:
    """The day a service is due; what nobody ever confirmed is due the day that is first seen."""
    first_seen = Coalesce(Least(F("confirm_due_on"), Value(today)), Value(today))
    later = _DaysLater(F("assured_date"), interval())
    return Case(
        When(status__in=PUBLIC_STATUSES, then=Coalesce(later, first_seen)),
        default=None,
        output_field=DateField(),
    )


def due_on(service: Service) -> date | None:
    """The day `service`, as it is stored, must be confirmed by; None for a draft or an archived.

    What nobody ever confirmed is due at once.
    """
    found = Service.objects.filter(pk=service.pk).annotate(due=_due(timezone.localdate()))
    return found.values_list("due", flat=True).first()


def renew_due(ids: Iterable[UUID] | None = None) -> None:
    """Write anew when services are due: those named, or all; in SQL, however many they are.

    Call it in the transaction that changes a status, a confirmation, an interval, who gives a
    service, or what a region asks for.
    """
    if ids is None:
        _write_due(Service.objects.all())
        return
    for batch in _batches(ids):
        _write_due(Service.objects.filter(pk__in=batch))


def _write_due(services: "QuerySet[Service]") -> None:
    services.update(confirm_due_on=_due(timezone.localdate()))


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


@transaction.atomic
def confirm(service: Service, *, answer: Answer, by: User | None) -> None:
    """Somebody said what is true of `service`; nobody is asked about it until it is due again.

    `by=None` is a keeper who holds the letter. "No longer offered" is only written down here: the
    caller archives the service, at once or on a date. What answers "changed" is confirmed as it is
    now stored.
    """
    Asking.objects.filter(service=service).delete()
    Confirmation.objects.create(service=service, answer=answer, person=by)
    if answer != Answer.NO_LONGER:
        service.assured_date = timezone.localdate()
        service.save(update_fields=["assured_date"])
    renew_due([service.pk])
    service.refresh_from_db(fields=["confirm_due_on"])
    details: dict[str, object] = {"answer": str(answer)}
    audit.record(
        "service.confirmed",
        by=by,
        about=service,
        details=details if by else details | {"by": "keeper"},
    )
    finding.refresh([service.pk])
