"""How units stand, in words and rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.desk.employees.unit_forms import DecisionForm, Verdict
from samtun.documents.spreadsheets import Cell
from samtun.learning.actions import decisions
from samtun.learning.errors import LearningError
from samtun.learning.models import Decision, Obligation, Plan
from samtun.learning.queries.obligations import why_in_words
from samtun.learning.queries.standing import ItemRow, UnitRow
from samtun.people.models import User

Titles = Mapping[tuple[UUID, UUID], str]


def headers() -> list[str]:
    """Of the table of units."""
    return [
        _("Unit"),
        _("Level"),
        _("Employees"),
        _("Done"),
        _("To do"),
        _("Of them late"),
        _("Exempt"),
    ]


def lines(rows: Sequence[UnitRow]) -> Iterator[list[Cell]]:
    """A line each unit, with the counts of all under it."""
    for row in rows:
        counts = row.counts
        yield [
            row.name, row.depth + 1, counts.people, counts.done, counts.to_do, counts.late,
            counts.exempt,
        ]  # fmt: skip


def by_plan(items: Sequence[ItemRow]) -> list[tuple[str, list[ItemRow]]]:
    """The items under the names of their plans."""
    plans = {each.plan: each.plan_title for each in items}
    return [(title, [each for each in items if each.plan == plan]) for plan, title in plans.items()]


def late(rows: Sequence[Obligation], titles: Titles, today: date) -> dict[str, Any]:
    """Somebody who is late: with what, since when, and why they have it."""
    employment = rows[0].employment
    return {
        "employment": employment.pk,
        "name": employment.learner.name,
        "unit": employment.unit.name,
        "items": [
            {
                "item": f"{each.plan_id}:{each.item_key}",
                "title": titles.get((each.plan_id, each.item_key), ""),
                "due_on": each.due_on,
                "days": (today - each.due_on).days if each.due_on else 0,
                "why": why_in_words(each, get_language() or "nb"),
            }
            for each in rows
        ],
    }


def decided(each: Decision, titles: Titles) -> dict[str, Any]:
    """A decision that counts."""
    return {
        "id": each.pk,
        "name": each.employment.learner.name,
        "title": titles.get((each.plan_id, each.item_key), ""),
        "kind": each.get_kind_display(),
        "until": each.until,
        "reason": each.reason,
        "decided_at": each.decided_at,
    }


def is_carried_out(form: DecisionForm, *, by: User) -> bool:
    """Do what a valid form says; what stands in the way becomes an error of the form."""
    try:
        _carry_out(form, by)
    except LearningError as error:
        form.add_error(None, str(error))
        return False
    return True


def _carry_out(form: DecisionForm, by: User) -> None:
    given = form.cleaned_data
    plan, key = form.plan_and_item
    about: dict[str, Any] = {
        "employment": given["employment"],
        "plan": Plan.objects.get(pk=plan),
        "item_key": key,
        "by": by,
    }
    match given["verdict"]:
        case Verdict.EXTEND:
            decisions.extend(**about, reason=given["reason"], until=given["day"])
        case Verdict.EXEMPT:
            decisions.exempt(**about, reason=given["reason"], until=given["day"])
        case Verdict.EQUIVALENT:
            decisions.count_equivalent(**about, reason=given["reason"], done_on=given["day"])
        case Verdict.DONE:
            decisions.mark_done(**about, done_on=given["day"])
