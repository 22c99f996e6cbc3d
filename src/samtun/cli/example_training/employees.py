"""The employees: the lists of six municipalities, read as any list of employees is."""

import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from samtun.cli.example_training.told import Entry, day, folder, person, read, unit
from samtun.learning.actions import employees, own_jobs
from samtun.learning.enums import EmployeeSource
from samtun.learning.errors import LearningError
from samtun.learning.exchange import reading, uploads
from samtun.learning.exchange.proposals import Kind
from samtun.learning.models import Employment, Learner
from samtun.learning.queries.own_jobs import asked_of
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User

_MADE_ON = date(2026, 11, 1)  # the day that the first days of employees.csv count from
_NYNORSK = ("3452", "3453", "3454")
_EMPLOYER, _FIRST_DAY = "Kommune", "Startdato"


def load() -> None:
    """Import each municipality's list, and put those who have an account on it."""
    by = person(read("life.toml")["by"])
    for name, rows in _lists().items():
        _import(Organization.objects.get(name=name, is_example=True), rows, by)
    for entry in read("life.toml")["person"]:
        _with_account(entry, by)
    nynorsk = Learner.objects.filter(employments__unit__municipality__in=_NYNORSK)
    nynorsk.update(language="nn")


def _lists() -> dict[str, list[Entry]]:
    """The rows of each employer, with first days as old as they were when the file was made."""
    later = timezone.localdate() - _MADE_ON
    found: dict[str, list[Entry]] = defaultdict(list)
    with (folder() / "employees.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            row[_FIRST_DAY] = _moved(row[_FIRST_DAY], later)
            found[row.pop(_EMPLOYER)].append(row)
    return found


def _moved(written: str, later: timedelta) -> str:
    return (date.fromisoformat(written) + later).isoformat()


def _import(employer: Organization, rows: list[Entry], by: User) -> None:
    """What the importer would do with the list, done for all its lines at once."""
    upload = uploads.keep(_listing(rows), employer=employer, is_complete=True, by=by)
    proposals = uploads.shown(upload)
    if {one.kind for one in proposals} != {Kind.NEW} or len(proposals) != len(rows):
        raise LearningError(f"The list of {employer} cannot be taken in as it is")
    learners = [Learner(name=one.name, email=one.values["email"]) for one in proposals]
    Learner.objects.bulk_create(learners)
    Employment.objects.bulk_create(
        _job(one.values, learner, employer)
        for one, learner in zip(proposals, learners, strict=True)
    )
    upload.delete()
    audit.record("employees.imported", by=by, about=employer, details={Kind.NEW: len(rows)})


def _listing(rows: list[Entry]) -> reading.Listing:
    written = io.StringIO()
    lines = csv.DictWriter(written, fieldnames=list(rows[0]), delimiter=";")
    lines.writeheader()
    lines.writerows(rows)
    return reading.read(written.getvalue().encode())


def _job(values: Entry, learner: Learner, employer: Organization) -> Employment:
    """As `employees.hire` makes it."""
    since = date.fromisoformat(values["joined_on"])
    return Employment(
        learner=learner, employer=employer, unit_id=UUID(values["unit"]),
        profession=values["profession"], position=values["position"],
        is_leader=values.get("is_leader", False), external_id=values["external_id"],
        source=EmployeeSource.FILE, joined_on=since, unit_since=since,
    )  # fmt: skip


def _with_account(entry: Entry, by: User) -> None:
    """Tie the account to the employee, who has said yes; who is on no list is put on it first."""
    if "employer" in entry:
        employees.hire(
            employer=unit(entry["employer"]), unit=unit(entry["unit"]), name=entry["name"],
            email=entry["email"], profession=entry["profession"], position=entry["position"],
            is_leader=entry.get("is_leader", False), joined_on=day(entry["joined"]),
            external_id=entry["number"], by=by,
        )  # fmt: skip
    owner = person(entry["email"])
    for asked in asked_of(owner):
        own_jobs.accept(user=owner, employment=Employment.objects.get(pk=asked.job))
