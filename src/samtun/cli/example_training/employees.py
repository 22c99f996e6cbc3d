"""The employees: the lists of six municipalities, read as any list of employees is."""

import csv
import io
from collections import defaultdict
from datetime import date, timedelta

from django.utils import timezone

from samtun.cli.example_training.told import Entry, day, folder, person, read, unit
from samtun.learning.actions import employees
from samtun.learning.actions.learner_accounts import learner_of
from samtun.learning.errors import LearningError
from samtun.learning.exchange import applying, reading, uploads
from samtun.learning.models import Learner
from samtun.organisations.models import Organization
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
    written = io.StringIO()
    lines = csv.DictWriter(written, fieldnames=list(rows[0]), delimiter=";")
    lines.writeheader()
    lines.writerows(rows)
    listing = reading.read(written.getvalue().encode())
    upload = uploads.keep(listing, employer=employer, is_complete=True, by=by)
    outcome = applying.apply(upload=upload, by=by)
    if outcome.count != len(rows):
        raise LearningError(f"{employer}: {outcome.count} of {len(rows)} employees were taken in")


def _with_account(entry: Entry, by: User) -> None:
    """Tie the account to the employee; who is on no list is put on it first."""
    if "employer" in entry:
        employees.hire(
            employer=unit(entry["employer"]), unit=unit(entry["unit"]), name=entry["name"],
            email=entry["email"], profession=entry["profession"], position=entry["position"],
            is_leader=entry.get("is_leader", False), joined_on=day(entry["joined"]),
            external_id=entry["number"], by=by,
        )  # fmt: skip
    learner_of(person(entry["email"]))
