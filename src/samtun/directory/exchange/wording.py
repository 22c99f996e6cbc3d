"""The short summary of an import, in plain words."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.directory.exchange.messages import said
from samtun.directory.exchange.reporting import Report
from samtun.directory.exchange.staging import State

_MOST = 12
_STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def summary(report: Report) -> Iterator[str]:
    """Lines for a person at a terminal; the data cannot steer the terminal by what it holds."""
    for line in _lines(report):
        yield _STEERING.sub("�", line)


def _lines(report: Report) -> Iterator[str]:
    yield _heading(report)
    yield from _rows(report)
    if report.is_usable:
        yield from _changes(report)
    yield from (said(notice) for notice in report.notices)
    yield from _problems(report)


def _heading(report: Report) -> str:
    if not report.is_usable:
        return _("Nothing in “%(source)s” could be used.") % {"source": report.source}
    if report.dry_run:
        return _("This is what importing “%(source)s” would do. Nothing was changed.") % {
            "source": report.source
        }
    return _("“%(source)s” is imported.") % {"source": report.source}


def _rows(report: Report) -> Iterator[str]:
    total = report.total()
    yield ngettext(
        "%(read)d row read: %(imported)d imported, %(repaired)d repaired, %(refused)d refused.",
        "%(read)d rows read: %(imported)d imported, %(repaired)d repaired, %(refused)d refused.",
        total.read,
    ) % {
        "read": total.read,
        "imported": total.imported,
        "repaired": total.repaired,
        "refused": total.refused,
    }
    for table, rows in report.rows.items():
        if rows.repaired or rows.refused:
            yield "  " + _("%(table)s: %(repaired)d repaired, %(refused)d refused") % {
                "table": table,
                "repaired": rows.repaired,
                "refused": rows.refused,
            }


def _changes(report: Report) -> Iterator[str]:
    total = report.total_changes()
    yield _("Added: %(added)d. Changed: %(changed)d. Gone: %(gone)d. As before: %(unchanged)d.") % {
        "added": total.added,
        "changed": total.changed,
        "gone": total.gone,
        "unchanged": total.unchanged,
    }
    is_first = not (total.changed or total.gone or total.unchanged)
    yield from () if is_first else _examples(report)


def _examples(report: Report) -> Iterator[str]:
    """The first few by name; at a first import everything is new, and a list says nothing."""
    labels = {"added": _("added"), "changed": _("changed"), "gone": _("gone")}
    for table in ("organization", "service", "location"):
        changes = report.changes.get(table)
        for kind, name, columns in changes.examples if changes else ():
            detail = f" ({columns})" if columns else ""
            yield f"  {table} {labels[kind]}: {name}{detail}"


def _problems(report: Report) -> Iterator[str]:
    for outcome in report.problems[:_MOST]:
        label = _("refused") if outcome.state == State.REFUSED else _("repaired")
        yield f"  {label}: {outcome.place} ({outcome.table}) {outcome.why}"
    total = report.total()
    more = total.refused + total.repaired - _MOST
    if more > 0:
        yield "  " + ngettext(
            "… and %(count)d more. All of them: --report FILE",
            "… and %(count)d more. All of them: --report FILE",
            more,
        ) % {"count": more}
