"""Importing the plain files of a region: its services, and the region itself."""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from samtun.directory.exchange import facts, importing
from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.importing import Progress
from samtun.directory.exchange.reading.region import RegionFiles
from samtun.directory.exchange.reading.region_texts import languages_of
from samtun.directory.exchange.reporting import Report, Rows
from samtun.directory.exchange.staging import Staging
from samtun.directory.models import ImportedRecord
from samtun.organisations.actions import slug_from
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import (
    RESERVED_SLUGS,
    Municipality,
    Organization,
    Region,
    RegionContact,
)


def import_region(
    path: Path,
    *,
    dry_run: bool = False,
    report_to: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a region's directory; safe to repeat, and what left the files is closed.

    Loads municipalities, needs and target groups first where they are lacking.

    Raises:
        ExchangeError: when `region.toml` cannot be used, or the database refuses.
    """
    files = RegionFiles(path)
    _check(files)
    facts.see_that_they_are_loaded(dry_run=dry_run)
    options: dict[str, Any] = {"progress": progress} if progress else {}
    return importing.run(
        files,
        f"region:{files.key}",
        dry_run=dry_run,
        report_to=report_to,
        also=_region_of(files),
        **options,
    )


def _check(files: RegionFiles) -> None:
    if files.key in RESERVED_SLUGS or slug_from(files.key, length=60) != files.key:
        raise ExchangeError("bad_region_key", key=files.key)


def _region_of(files: RegionFiles) -> Callable[[Report, Staging], None]:
    def apply(report: Report, _staging: Staging) -> None:
        about = files.facts["region"]
        region, _made = Region.objects.update_or_create(
            slug=files.key,
            defaults={
                "names": languages_of(about.get("name", files.key), "nb"),
                "introductions": languages_of(about.get("introduction"), "nb"),
                "is_example": bool(about.get("is_example", False)),
            },
            create_defaults={
                "id": derived_id("region", files.key),
                "names": languages_of(about.get("name", files.key), "nb"),
                "introductions": languages_of(about.get("introduction"), "nb"),
                "is_example": bool(about.get("is_example", False)),
            },
        )
        numbers = Municipality.objects.filter(number__in=files.municipalities)
        region.municipalities.set(numbers)
        report.rows["region"] = Rows(imported=1)
        report.rows["region_contact"] = Rows(imported=len(files.contacts))
        _renew_contacts(region, files.contacts)
        _keep_the_placeless(region, report.source)

    return apply


def _keep_the_placeless(region: Region, source: str) -> None:
    """Organisations that belong to no municipality are looked after by whoever brought them."""
    ours = ImportedRecord.objects.filter(source__name=source, table="organization")
    Organization.objects.filter(
        pk__in=ours.values("record_id"), municipality__isnull=True, region__isnull=True
    ).update(region=region)


def _renew_contacts(region: Region, entries: Sequence[Mapping[str, Any]]) -> None:
    """The contacts of the files, in their order. The card of somebody's role is theirs alone."""
    own = region.contacts.filter(role__isnull=False)
    taken = set(own.values_list("position", flat=True))
    free = (position for position in count() if position not in taken)
    positions = [position for _entry, position in zip(entries, free, strict=False)]
    region.contacts.filter(role__isnull=True).exclude(position__in=positions).delete()
    for position, entry in zip(positions, entries, strict=True):
        _contact(region, position, entry)


def _contact(region: Region, position: int, entry: Mapping[str, Any]) -> None:
    contact, _made = RegionContact.objects.update_or_create(
        region=region,
        position=position,
        defaults={
            "name": str(entry.get("name", ""))[:120],
            "titles": languages_of(entry.get("title"), "nb"),
            "phone": str(entry.get("phone", ""))[:40],
            "email": str(entry.get("email", ""))[:254],
            "hours": languages_of(entry.get("hours"), "nb"),
        },
    )
    numbers = [str(number) for number in entry.get("municipalities", [])]
    everywhere = "region" in numbers
    contact.municipalities.set(
        [] if everywhere else Municipality.objects.filter(number__in=numbers)
    )
