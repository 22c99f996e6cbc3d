"""Importing a dump of HSDS from another system."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from samtun.directory.exchange import facts, importing
from samtun.directory.exchange.cleaning import identifier
from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.importing import Progress
from samtun.directory.exchange.reading.hsds import HsdsDump
from samtun.directory.exchange.reporting import Report
from samtun.directory.models import ImportedRecord, Source


def import_hsds(
    path: Path,
    *,
    source: str | None = None,
    dry_run: bool = False,
    report_to: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import an HSDS dump: JSON, JSON lines, CSV, a folder or a zip of them; any version.

    `source` names where the data comes from. Without it, it is the source that has most of the
    services already, else the name of the file. Records that a newer dump of the same source no
    longer has are gone: services are closed, their parts removed.

    Raises:
        ExchangeError: when there is nothing to read, or the database refuses.
    """
    dump = HsdsDump(path)
    if not dump.members:
        raise ExchangeError("no_files", file=path)
    name = (source or "").strip()[:200] or source_of(dump)
    if name.startswith("region:"):
        raise ExchangeError("source_is_region")
    facts.see_that_they_are_loaded(dry_run=dry_run)
    options: dict[str, Any] = {"progress": progress} if progress else {}
    return importing.run(dump, name, dry_run=dry_run, report_to=report_to, **options)


def source_of(dump: HsdsDump) -> str:
    """The source a dump most likely comes from.

    Raises:
        ExchangeError: when a source of the file's name has services, but none of these. Taking
            the dump for a newer one of it would close them all.
    """
    fallback = dump.path.resolve().stem[:200] or "hsds"
    names = list(Source.objects.exclude(name__startswith="region:").values_list("pk", "name"))
    if not names:
        return fallback
    sample = dump.sample("service")
    hits = {name: _hits(key, name, sample) for key, name in names}
    best = max(hits, key=lambda name: hits[name])
    if not hits[best] and sample and _has_services(fallback):
        raise ExchangeError("another_source", source=fallback)
    return best if hits[best] else fallback


def _has_services(source: str) -> bool:
    records = ImportedRecord.objects.filter(source__name=source, table="service")
    return records.filter(gone_at__isnull=True).exists()


def _hits(source: int, name: str, sample: Iterable[str]) -> int:
    keys = {identifier(name, "service", value) for value in sample} - {""}
    records = ImportedRecord.objects.filter(source=source, table="service")
    return records.filter(record_id__in=keys).count()
