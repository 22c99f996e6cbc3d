"""The jobs of which an employer says that they are somebody's, before that person has said so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from samtun.learning.models import Employment
from samtun.people.addresses import addresses_of
from samtun.people.models import User


@dataclass(slots=True)
class Asked:
    """What one employer says, with the name that it has written; `job` is one of the jobs."""

    job: UUID
    employer: str
    name: str
    units: list[str] = field(default_factory=list)


def asked_of(person: User) -> list[Asked]:
    """What to ask `person`: one question for each employer."""
    return _by_employer(_open(addresses_of(person)))


def denied_by(person: User) -> list[Asked]:
    """Where they have said no; so that a no by mistake can be put right."""
    denied = Employment.objects.exclude(denied_email="").filter(learner__user=None)
    lowered = denied.annotate(address=Lower("denied_email"))
    return _by_employer(lowered.filter(address__in=addresses_of(person)))


def job_asked_of(person: User, job: UUID) -> Employment | None:
    """The job, when `person` may say whether it is theirs."""
    addresses = addresses_of(person)
    either = Q(pk__in=_open(addresses).values("pk")) | Q(
        learner__user=None, denied_email__in=addresses
    )
    rows = Employment.objects.filter(either, pk=job)
    return rows.select_related("learner", "employer", "unit").first()


def _open(addresses: list[str]) -> QuerySet[Employment]:
    written = Employment.objects.filter(learner__user=None).exclude(learner__email="")
    lowered = written.annotate(address=Lower("learner__email"))
    return lowered.filter(address__in=addresses)


def _by_employer(rows: QuerySet[Employment]) -> list[Asked]:
    found: dict[object, Asked] = {}
    for one in _shown(rows):
        entry = Asked(one.pk, one.employer.name, one.learner.name)
        asked = found.setdefault((one.employer_id, one.learner_id), entry)
        if one.unit.name not in asked.units:
            asked.units.append(one.unit.name)
    return list(found.values())


def _shown(rows: QuerySet[Employment]) -> Iterable[Employment]:
    return rows.select_related("learner", "employer", "unit").order_by("-joined_on", "pk")
