"""The one way in: rows → cleaned → linked → compared → applied, with a report on each row."""

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import DatabaseError, transaction

from samtun.directory import finding
from samtun.directory.editing import confirming
from samtun.directory.exchange import claiming, deriving, linking, reporting, uniqueness
from samtun.directory.exchange.applying import Applying
from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.preparing import Preparing
from samtun.directory.exchange.reporting import Report
from samtun.directory.exchange.rows import Dump, Problem
from samtun.directory.exchange.staging import Staging
from samtun.directory.models import Source
from samtun.search import SearchError

Progress = Callable[[str, int], None]  # (table or stage, rows so far)
_EVERY = 1000


def _silence(_stage: str, _rows: int) -> None:
    return


def run(
    dump: Dump,
    source: str,
    *,
    dry_run: bool = False,
    report_to: Path | None = None,
    progress: Progress = _silence,
    also: Callable[[Report, Staging], None] | None = None,
) -> Report:
    """Import `dump` as the data of `source`; one transaction, so all of it or nothing.

    `also` may do more inside that transaction (it is not called when planning).

    Raises:
        ExchangeError: when the data set cannot be read, or the database or the disk refuses.
    """
    with tempfile.TemporaryDirectory(prefix="samtun-import-") as folder:
        try:
            staging = Staging(Path(folder))
            try:
                return _run(dump, source, staging, dry_run, report_to, progress, also)
            finally:
                staging.close()
        except (sqlite3.Error, DatabaseError, OSError) as error:
            raise ExchangeError("nothing_changed", reason=error) from error


def _run(
    dump: Dump,
    source: str,
    staging: Staging,
    dry_run: bool,  # noqa: FBT001 (private, named as in `run`)
    report_to: Path | None,
    progress: Progress,
    also: Callable[[Report, Staging], None] | None,
) -> Report:
    report = Report(source, dry_run)
    preparing = _read(dump, source, staging, progress)
    deriving.before_linking(staging, source)
    linking.check(staging, source)
    deriving.after_linking(staging, dump.present)
    uniqueness.settle(staging, "service_area")
    known = Source.objects.filter(name=source).first()
    claiming.check(staging, known)
    report.notices = [*dump.notices, *_columns(preparing)]
    reporting.sum_up(report, staging)
    if report_to is not None:  # first: a report that cannot be written must not surprise later
        reporting.write(report_to, staging)
    if report.is_usable:
        _apply(dump, report, staging, known, progress, also)
    return report


def _read(dump: Dump, source: str, staging: Staging, progress: Progress) -> Preparing:
    preparing = Preparing(staging, source)
    for number, row in enumerate(dump.rows(), start=1):
        preparing.add(row)
        if number % _EVERY == 0:
            progress("read", number)
    return preparing


def _columns(preparing: Preparing) -> list[Problem]:
    return [
        Problem(
            "columns_not_kept",
            {
                "table": table,
                "columns": ", ".join(f"{name} ({count})" for name, count in sorted(names.items())),
            },
        )
        for table, names in sorted(preparing.columns_not_kept.items())
    ]


def _apply(
    dump: Dump,
    report: Report,
    staging: Staging,
    known: Source | None,
    progress: Progress,
    also: Callable[[Report, Staging], None] | None,
) -> None:
    if report.dry_run:
        applying = Applying(staging, known, planning=True)
        applying.run(dump.present, progress)
        report.changes = dict(applying.changes)
        return
    with transaction.atomic():
        source = known or Source.objects.create(name=report.source)
        applying = Applying(staging, source, planning=False)
        applying.run(dump.present, progress)
        source.read_at = applying.now
        source.save(update_fields=["read_at"])
        report.changes = dict(applying.changes)
        if also is not None:
            also(report, staging)
        confirming.renew_due()
    _renew_index(report, progress)


def _renew_index(report: Report, progress: Progress) -> None:
    """The data is saved; an index that cannot be written is told of and mended later."""
    try:
        finding.rebuild(lambda done: progress("index", done))
    except (SearchError, OSError) as error:
        report.notices.append(Problem("index_not_written", {"reason": str(error)}))
