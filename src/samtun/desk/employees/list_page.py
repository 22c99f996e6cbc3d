"""What the desk shows of a list of employees before it counts."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.documents.spreadsheets import Cell
from samtun.learning.exchange import uploads
from samtun.learning.exchange.applying import Outcome
from samtun.learning.exchange.proposals import STUCK, Kind, Proposal
from samtun.learning.models import EmployeeUpload

_ON_A_PAGE = 100
_TOLD = 5  # lines that could not be saved, by name
_COLORS = {
    Kind.NEW: "success",
    Kind.BACK: "success",
    Kind.MOVED: "info",
    Kind.CHANGED: "info",
    Kind.LEAVES: "warning",
    Kind.UNCHANGED: "neutral",
    Kind.LEFT: "neutral",
} | dict.fromkeys(STUCK, "danger")
_ORDER = [
    *STUCK, Kind.LEAVES, Kind.BACK, Kind.NEW, Kind.MOVED, Kind.CHANGED, Kind.LEFT, Kind.UNCHANGED,
]  # fmt: skip


def context(upload: EmployeeUpload, kind: str, number: str | None) -> dict[str, Any]:
    """The page: sums, what must be decided, and the lines of `kind` or all that do something."""
    proposals = uploads.shown(upload)
    sums = uploads.sums_of(upload, proposals)
    wanted = [one for one in proposals if _is_wanted(one, kind)]
    wanted.sort(key=lambda one: (_ORDER.index(Kind(one.kind)), one.number))
    return {
        "upload": upload,
        "sums": sums,
        "counts": [
            (each.value, each.label, sums.kinds[each], _COLORS[each])
            for each in _ORDER
            if sums.kinds.get(each)
        ],
        "kind": kind,
        "found": Paginator([(one, _COLORS[Kind(one.kind)]) for one in wanted], _ON_A_PAGE).get_page(
            number
        ),
        "unknown_units": uploads.unknown_units(proposals),
        "unknown_columns": upload.rows["unknown"],
    }


def _is_wanted(one: Proposal, kind: str) -> bool:
    return one.kind == kind if kind in Kind.values else one.kind != Kind.UNCHANGED


def left_over(outcome: Outcome) -> Iterator[str]:
    """What was not done, and why."""
    if count := len(outcome.different):
        yield ngettext(
            "%(count)d line would now do something else than what you saw. Look at it again below.",
            "%(count)d lines would now do something else than what you saw. Look at them again "
            "below.",
            count,
        ) % {"count": count}
    for one, why in outcome.refused[:_TOLD]:
        yield _("Line %(line)d, %(name)s: %(why)s") % {
            "line": one.number, "name": one.name, "why": why,
        }  # fmt: skip


def headings() -> list[str]:
    """The columns of the template, as the reading knows them."""
    return [
        _("Name"), _("E-mail"), _("Employee number"), _("Unit"), _("Position"), _("Profession"),
        _("Leader"), _("First day"), _("Last day"),
    ]  # fmt: skip


def examples() -> list[list[Cell]]:
    """Two invented lines."""
    return [
        ["Eli Eksempel", "eli@kommunen.example", "1001", _("The nursing home"), _("Nurse"),
         _("Nurse"), _("yes"), "01.08.2024", ""],
        ["Ola Eksempel", "ola@kommunen.example", "1002", _("The school"), _("Teacher"),
         _("Teacher"), "", "15.01.2026", "31.12.2026"],
    ]  # fmt: skip


def report_headings() -> list[str]:
    """Of the report on every line."""
    return [
        _("Line"), _("Name"), _("What happens"), _("Why"), _("Field"), _("Before"), _("After"),
    ]  # fmt: skip


def report_rows(upload: EmployeeUpload) -> Iterator[list[Cell]]:
    """A row for each change of each line."""
    for one in uploads.shown(upload):
        start: list[Cell] = [one.number or "", one.name, one.said, " ".join(one.reasons)]
        changes = [(each.label, each.old, each.new) for each in one.changes] or [("", "", "")]
        yield from ([*start, *change] for change in changes)
