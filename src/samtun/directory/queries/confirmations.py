"""What in somebody's scope is due to be confirmed, the most pressing first."""

from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.utils import timezone

from samtun.directory.enums import AskingStage
from samtun.directory.queries.keepers import due_services, keeper_address
from samtun.directory.queries.kept import services_of
from samtun.people.grants import Person

# How far we have come, the most pressing first; then what nobody has been asked about.
URGENCY = (AskingStage.DESK, AskingStage.ESCALATED, AskingStage.REMINDED, AskingStage.ASKED)


def due_for(person: Person) -> QuerySet[Any]:
    """What is due among the services that `person` may change; drafts and archived ones never are.

    Each has the `stage` we have come to (empty: nobody has been asked yet) and the `address` of
    its keeper (empty: nobody).
    """
    mine = services_of(person, "directory.change_service")
    due = due_services(timezone.localdate()).filter(pk__in=mine.values("pk"))
    urgency = [When(asking__stage=stage, then=Value(n)) for n, stage in enumerate(URGENCY)]
    return due.annotate(
        stage=Case(
            When(asking__isnull=False, then=F("asking__stage")),
            default=Value(""),
            output_field=CharField(),
        ),
        address=keeper_address(),
        urgency=Case(*urgency, default=Value(len(URGENCY)), output_field=IntegerField()),
    ).order_by("urgency", "confirm_due_on", "pk")
