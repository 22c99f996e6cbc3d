"""Lists of employees that wait until somebody has looked at what they would do; for a day."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samtun.learning.exchange.proposals import Kind, Proposal, Sums, sums
from samtun.learning.exchange.proposing import Proposing
from samtun.learning.exchange.reading import Listing, Row
from samtun.learning.models import EmployeeUpload
from samtun.organisations.models import Organization
from samtun.people.models import User

STAYS = timedelta(days=1)


@transaction.atomic
def keep(
    listing: Listing, *, employer: Organization, is_complete: bool, by: User
) -> EmployeeUpload:
    """Keep the list with what each line would do now. Nothing else is written."""
    upload = EmployeeUpload(employer=employer, is_complete=is_complete, made_by=by)
    upload.rows = {
        "rows": [asdict(row) for row in listing.rows],
        "columns": listing.columns,
        "unknown": listing.unknown,
        "units": {},
    }
    show(upload, proposed(upload))
    upload.save()
    return upload


@transaction.atomic
def choose_units(
    *, upload: EmployeeUpload, units: dict[str, UUID], is_complete: bool | None = None
) -> None:
    """Say what names of units mean (only units of the employer count), and look again."""
    upload.rows["units"] |= {name: str(key) for name, key in units.items()}
    if is_complete is not None:
        upload.is_complete = is_complete
    show(upload, proposed(upload))
    upload.save()


def proposed(upload: EmployeeUpload) -> tuple[list[Proposal], int]:
    """What every line would do at this moment, and how many work there."""
    kept = upload.rows
    work = Proposing(
        upload.employer,
        [Row(**row) for row in kept["rows"]],
        kept["columns"],
        is_complete=upload.is_complete,
        chosen=kept["units"],
    )
    return work.proposals(), len(work.known.working)


def show(upload: EmployeeUpload, found: tuple[list[Proposal], int]) -> None:
    """Let `found` be what the person sees; the caller saves."""
    proposals, before = found
    upload.rows["proposals"] = [one.as_json() for one in proposals]
    upload.rows["before"] = before


def shown(upload: EmployeeUpload) -> list[Proposal]:
    """What the person has seen."""
    return [Proposal.of(kept) for kept in upload.rows["proposals"]]


def sums_of(upload: EmployeeUpload, proposals: Iterable[Proposal]) -> Sums:
    """The sums of what the person has seen."""
    return sums(proposals, upload.rows["before"])


def unknown_units(proposals: Iterable[Proposal]) -> dict[str, list[list[str]]]:
    """Names of units that nobody knows, with those that may be meant."""
    stuck = (one for one in proposals if one.kind == Kind.UNKNOWN_UNIT)
    return {one.values["unit"]: one.suggestions for one in stuck}


def upload_of(person: User, key: UUID) -> EmployeeUpload | None:
    """What `person` has sent in as `key`, within a day; nobody else sees it."""
    since = timezone.now() - STAYS
    rows = EmployeeUpload.objects.select_related("employer")
    return rows.filter(pk=key, made_by=person, made_at__gte=since).first()


def tidy() -> None:
    """Delete lists that nobody has applied within a day; for the nightly round."""
    EmployeeUpload.objects.filter(made_at__lt=timezone.now() - STAYS).delete()
