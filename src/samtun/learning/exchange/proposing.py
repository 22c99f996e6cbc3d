"""Comparing a list of employees with what we know: a proposal for every line, and who left."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtun.learning.enums import Profession
from samtun.learning.exchange import columns
from samtun.learning.exchange.entries import Entry, entry
from samtun.learning.exchange.known import Known
from samtun.learning.exchange.proposals import Change, Kind, Proposal
from samtun.learning.exchange.reading import Row
from samtun.learning.exchange.units import Units
from samtun.learning.models import Employment
from samtun.organisations.models import Organization

# Fields of an employment by the names that people read.
_LABELS = {
    "name": lambda: _("Name"),
    "email": lambda: _("E-mail address"),
    "external_id": lambda: _("Employee number"),
    "unit": lambda: _("Unit"),
    "position": lambda: _("Position"),
    "profession": lambda: _("Profession"),
    "is_leader": lambda: _("Leads the unit"),
    "joined_on": lambda: _("First day"),
    "left_on": lambda: _("Last day"),
}
_PLAIN = ("external_id", "position", "profession", "joined_on")


class Proposing:
    """One pass over a list."""

    def __init__(
        self,
        employer: Organization,
        rows: Iterable[Row],
        present: Iterable[str],
        *,
        is_complete: bool,
        chosen: dict[str, str] | None = None,
    ) -> None:
        self.employer = employer
        self.present = set(present)
        self.is_complete = is_complete
        self.today = timezone.localdate()
        self.entries = [entry(row, self.present) for row in rows]
        self.units = Units(employer, chosen)
        self.known = Known(employer, self.entries, self.today)
        self._numbers = {one.external_id for one in self.entries if one.external_id}
        self._first: dict[str, Entry] = {}  # by number, and by address
        self._here: set[object] = set()  # employments that are on the list, whatever happens
        self._taken: set[object] = set()  # employments that a line has been found for

    def proposals(self) -> list[Proposal]:
        """One for every row, then the leavers when the list is complete."""
        found = [self._proposal(one) for one in self.entries]
        return found + (self._leavers() if self.is_complete else [])

    def _proposal(self, one: Entry) -> Proposal:
        self._notice(one)
        if one.faults:
            return self._stuck(one, Kind.INVALID, *one.faults)
        if twin := self._twin(one):
            return twin
        job = self._job(one)
        if isinstance(job, Proposal):
            return job
        if job:
            self._taken.add(job.pk)
        unit = self.units.called(one.unit) if one.unit else None
        if one.unit and unit is None:
            return self._unknown_unit(one, job)
        if job is None or self.known.is_over(job):
            return self._newcomer(one, unit, job)
        return self._compared(one, unit, job)

    def _notice(self, one: Entry) -> None:
        """Whoever can be recognised in a row has not left, even when the row cannot be used."""
        if job := self.known.by_number.get(one.external_id):
            self._here.add(job.pk)
        jobs = self.known.jobs_of(one)
        if not one.external_id or one.faults:
            self._here.update(job.pk for job in jobs)
        if one.faults and not (one.email or one.external_id):
            name = one.name.casefold()
            same = (job for job in self.known.all if job.learner.name.casefold() == name)
            self._here.update(job.pk for job in same)

    def _twin(self, one: Entry) -> Proposal | None:
        """The same person earlier in the file; two jobs have a number each."""
        key = one.external_id or one.email
        first = self._first.setdefault(key, one)
        if first is not one:
            if first.said == one.said:
                said = _("The same as line %(line)d.") % {"line": first.number}
            else:
                said = _("Line %(line)d is about the same person and says something else.") % {
                    "line": first.number
                }
            return self._stuck(one, Kind.DUPLICATE, said)
        with_address = self._first.setdefault(one.email or key, one)
        if with_address is not one and with_address.name.casefold() != one.name.casefold():
            said = _("Line %(line)d has the same e-mail address with another name.") % {
                "line": with_address.number
            }
            return self._stuck(one, Kind.CONFLICT, said)
        return None

    def _job(self, one: Entry) -> Employment | Proposal | None:
        """The job here that the row is about, or why it cannot be told."""
        numbered = self.known.by_number.get(one.external_id) if one.external_id else None
        theirs = [job for job in self.known.jobs_of(one) if job.pk not in self._taken]
        if numbered:
            return self._checked_number(one, numbered)
        going_on = [job for job in theirs if not self.known.is_over(job)]
        for job in going_on:
            if not one.external_id or not job.external_id:
                return job
        going_on = [job for job in going_on if job.external_id not in self._numbers]
        if not going_on:
            return next((job for job in theirs if self.known.is_over(job)), None)
        if self.is_complete:
            self._here.add(going_on[0].pk)
            return going_on[0]  # the number has changed
        said = _("Somebody with this e-mail address has the number %(number)s on the list.") % {
            "number": going_on[0].external_id
        }
        return self._stuck(one, Kind.CONFLICT, said)

    def _checked_number(self, one: Entry, job: Employment) -> Employment | Proposal | None:
        """The job with the number, unless it is plainly somebody else's."""
        owner = self.known.meant(one).learner
        if owner and owner.pk == job.learner_id:
            return job
        is_other = owner is not None or not _may_be_same(one, job, is_over=self.known.is_over(job))
        if is_other and self.known.is_over(job):
            return None  # the number has been given to somebody else
        if not is_other:
            return job
        said = _("The employee number belongs to %(name)s, who has another e-mail address.")
        return self._stuck(one, Kind.CONFLICT, said % {"name": job.learner.name})

    def _unknown_unit(self, one: Entry, job: Employment | None) -> Proposal:
        made = self._stuck(
            one,
            Kind.UNKNOWN_UNIT,
            _("“%(unit)s” is none of the units of %(employer)s.")
            % {"unit": one.unit, "employer": self.employer.name},
        )
        made.values = {"unit": one.unit}
        made.suggestions = [[str(unit.pk), unit.name] for unit in self.units.like(one.unit)]
        made.employment = str(job.pk) if job else ""
        return made

    def _newcomer(self, one: Entry, unit: Organization | None, job: Employment | None) -> Proposal:
        """Somebody who is not here now: new, back, or gone before we heard of them."""
        if one.left_on and one.left_on < self.today:
            return Proposal(one.number, Kind.LEFT, one.name, reasons=one.notes)
        values = {
            "name": one.name,
            "email": one.email,
            "external_id": one.external_id,
            "unit": str((unit or (job.unit if job else self.employer)).pk),
            "position": one.position,
            "profession": self._profession(one, job),
            "is_leader": bool(one.is_leader),
            "joined_on": (one.joined_on or self.today).isoformat(),
            "left_on": one.left_on.isoformat() if one.left_on else "",
        }
        reasons = [*one.notes]
        if unit is None and job is None:
            reasons.append(
                _("No unit is said. The person is placed in %(employer)s.")
                % {"employer": self.employer.name}
            )
        if job:
            return self._comes_back(one, job, values, reasons)
        meant = self.known.meant(one)
        if meant.learner:
            reasons.append(_("Is known here already: what the person has learnt comes along."))
        elif meant.former:
            reasons.append(
                _("The address was somebody else's before. What they have learnt stays theirs.")
            )
        return Proposal(one.number, Kind.NEW, one.name, reasons=reasons, values=values)

    def _comes_back(
        self, one: Entry, job: Employment, values: dict[str, Any], reasons: list[str]
    ) -> Proposal:
        """With a first day before the last one it was no leaving: the same job goes on."""
        said = _("Left on %(day)s.") % {"day": _day(job.left_on)}
        resumes = bool(one.joined_on and job.left_on and one.joined_on <= job.left_on)
        if resumes:
            said += " " + _("The first day is before that, so the same job goes on.")
        values["resumes"] = resumes
        return Proposal(
            one.number, Kind.BACK, one.name, str(job.pk), [said, *reasons], values=values
        )

    def _profession(self, one: Entry, job: Employment | None) -> str:
        if one.profession:
            return one.profession
        if job:
            return job.profession
        return columns.profession_in(one.position) or Profession.OTHER

    def _compared(self, one: Entry, unit: Organization | None, job: Employment) -> Proposal:
        """What is different; an empty cell says nothing."""
        self._here.add(job.pk)
        values, reasons = self._different(one, unit, job)
        changes = [self._change(name, value, job) for name, value in values.items()]
        kind = Kind.UNCHANGED
        if "left_on" in values:
            kind = Kind.LEAVES
        elif "unit" in values:
            kind = Kind.MOVED
        elif values:
            kind = Kind.CHANGED
        made = {name: _ready(value) for name, value in values.items()}
        return Proposal(
            one.number, kind, one.name, str(job.pk), [*reasons, *one.notes], changes, made
        )

    def _different(
        self, one: Entry, unit: Organization | None, job: Employment
    ) -> tuple[dict[str, Any], list[str]]:
        found: dict[str, Any] = {}
        reasons: list[str] = []
        said = {"name": one.name, "email": one.email}
        personal = {
            name: value
            for name, value in said.items()
            if value and value.casefold() != getattr(job.learner, name).casefold()
        }
        if job.denied_email and personal.get("email") == job.denied_email:
            del personal["email"]
            reasons.append(
                _("Whoever has this e-mail address says that they are somebody else. Correct it.")
            )
        if personal and job.learner_id in self.known.others_know:
            reasons.append(
                _("Name and e-mail address are kept: others know the person by them, too.")
            )
        else:
            found |= personal
        for name in _PLAIN:
            value = getattr(one, name)
            if value and value != getattr(job, name):
                found[name] = value
        if one.is_leader is not None and one.is_leader != job.is_leader:
            found["is_leader"] = one.is_leader
        if unit and unit.pk != job.unit_id:
            found["unit"] = unit
        if one.left_on and one.left_on != job.left_on:
            found["left_on"] = one.left_on
        return found, reasons

    def _change(self, name: str, value: object, job: Employment) -> Change:
        owner = job.learner if name in ("name", "email") else job
        return Change(_LABELS[name](), _shown(getattr(owner, name)), _shown(value, name))

    def _leavers(self) -> list[Proposal]:
        """Those who work here and are not on the complete list; who begins later is not missed."""
        yesterday = self.today - timedelta(days=1)
        gone = [
            job
            for job in self.known.working
            if job.pk not in self._here | self._taken
            and job.left_on is None
            and job.joined_on <= yesterday
        ]
        said = _("Is not on the list.")
        return [
            Proposal(
                0, Kind.LEAVES, job.learner.name, str(job.pk), [said],
                [Change(_LABELS["left_on"](), "", _day(yesterday))],
                {"left_on": yesterday.isoformat()},
            )
            for job in gone
        ]  # fmt: skip

    def _stuck(self, one: Entry, kind: Kind, *reasons: str) -> Proposal:
        return Proposal(one.number, kind, one.name or one.email or one.external_id, "", [*reasons])


def _may_be_same(one: Entry, job: Employment, *, is_over: bool) -> bool:
    """Whether a part of the name is the same: people marry, but seldom change all at once."""
    if not is_over and one.email and one.email == job.learner.email.lower():
        return True
    names = {*one.name.casefold().split()}
    return bool(names & {*job.learner.name.casefold().split()})


def _ready(value: object) -> object:
    if isinstance(value, Organization):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: object, name: str = "") -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return _day(value)
    if value in Profession.values:
        return str(Profession(value).label)
    return "" if value is None else str(value)


def _day(day: date | None) -> str:
    return date_format(day, "j.n.Y") if day else ""
