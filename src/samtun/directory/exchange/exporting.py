"""The one way out: HSDS 3.1 as JSON and as a CSV data package, written batch by batch."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import orjson
from django.db.models import Exists, OuterRef, Q, QuerySet

from samtun.directory import hsds
from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.package_files import PackageFiles
from samtun.directory.models import Attribute, Service, ServiceArea, Taxonomy, TaxonomyTerm
from samtun.organisations.models import Organization, Region

Progress = Callable[[str, int], None]
_BATCH = 200


def export_hsds(
    to: Path, *, region: str | None = None, progress: Progress = lambda _stage, _done: None
) -> dict[str, int]:
    """Write the public directory, or what covers a `region` (its slug), to `to`.

    `to` ending in .json gets one list of services with everything nested; ending in .zip, or a
    folder, it gets `services.json`, `organizations.json`, `taxonomies.json`,
    `taxonomy_terms.json` and a CSV data package. What stands there is replaced only when all
    has been written. Returns how many rows each CSV table got (for .json: the services).

    A confidential place is never in it, nor what hangs on one.

    Raises:
        ExchangeError: for an unknown region, or when the disk refuses.
    """
    services = _services(region)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        beside = to if to.is_dir() else to.parent  # the folder may be a disk of its own
        with tempfile.TemporaryDirectory(prefix=".samtun-export-", dir=beside) as folder:
            return _export(services, Path(folder), to, progress)
    except OSError as error:
        raise ExchangeError("system_refused", file=to, reason=error.strerror) from error


def _export(
    services: QuerySet[Service], folder: Path, to: Path, progress: Progress
) -> dict[str, int]:
    if to.suffix.lower() == ".json":
        with (folder / to.name).open("wb") as stream:
            count = _write_list(stream, _full_services(services, progress))
        (folder / to.name).replace(to)
        return {"service": count}
    made = folder / "made"
    made.mkdir()
    counts = _write_folder(services, made, progress)
    if to.suffix.lower() == ".zip":
        _zip(made, folder / to.name)
        (folder / to.name).replace(to)
    else:
        to.mkdir(exist_ok=True)
        for path in made.iterdir():
            path.replace(to / path.name)
    return counts


def _services(region: str | None) -> QuerySet[Service]:
    services = hsds.public.services()
    if region is None:
        return services
    found = Region.objects.filter(slug=region).first()
    if found is None:
        raise ExchangeError("no_region", region=region)
    areas = ServiceArea.objects.filter(service=OuterRef("pk")).filter(
        Q(municipality__in=found.municipalities.all()) | Q(covers_country=True)
    )
    return services.filter(Exists(areas))


def _write_folder(services: QuerySet[Service], made: Path, progress: Progress) -> dict[str, int]:
    with PackageFiles(made) as package:
        with (made / "services.json").open("wb") as stream:
            _write_list(stream, package.passing("service", _full_services(services, progress)))
        with (made / "organizations.json").open("wb") as stream:
            _write_list(stream, package.passing("organization", _organizations(services)))
        terms = _terms(services)
        with (made / "taxonomies.json").open("wb") as stream:
            found = Taxonomy.objects.filter(terms__in=terms).order_by("pk").distinct()
            keys = list(found.values_list("pk", flat=True))
            _write_list(stream, package.passing("taxonomy", hsds.basic.taxonomies(keys)))
        with (made / "taxonomy_terms.json").open("wb") as stream:
            made_terms = hsds.basic.taxonomy_terms(sorted(terms))
            _write_list(stream, package.passing("taxonomy_term", made_terms))
        return package.counts


def _full_services(services: QuerySet[Service], progress: Progress) -> Iterator[dict[str, Any]]:
    done = 0
    for batch in _batches(services):
        yield from hsds.full.services(batch)
        done += len(batch)
        progress("export", done)


def _organizations(services: QuerySet[Service]) -> Iterator[dict[str, Any]]:
    """Those that give the services, and what they are units of; without the services."""
    wanted = set(services.order_by().values_list("organization_id", flat=True).distinct())
    above = dict(
        Organization.objects.filter(parent_organization__isnull=False).values_list(
            "pk", "parent_organization_id"
        )
    )
    for key in list(wanted):
        parent = above.get(key)
        while parent is not None and parent not in wanted:
            wanted.add(parent)
            parent = above.get(parent)
    ordered = iter(sorted(wanted))
    while batch := list(islice(ordered, _BATCH)):
        for made in hsds.full.organizations(batch):
            yield {name: value for name, value in made.items() if name != "services"}


def _terms(services: QuerySet[Service]) -> set[UUID]:
    """Terms that the services are tagged with, and those above them."""
    used = Attribute.objects.filter(service__in=services.order_by().values("pk"))
    wanted = set(used.order_by().values_list("taxonomy_term_id", flat=True).distinct())
    above = dict(TaxonomyTerm.objects.values_list("pk", "parent_id"))
    for key in list(wanted):
        parent = above.get(key)
        while parent is not None and parent not in wanted:
            wanted.add(parent)
            parent = above.get(parent)
    return wanted


def _batches(services: QuerySet[Service]) -> Iterator[list[UUID]]:
    keys = services.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)
    while batch := list(islice(keys, _BATCH)):
        yield batch


def _write_list(stream: IO[bytes], objects: Any) -> int:  # noqa: ANN401 (an iterable of JSON)
    count = 0
    stream.write(b"[")
    for made in objects:
        stream.write((b",\n" if count else b"\n") + orjson.dumps(made))
        count += 1
    stream.write(b"\n]\n")
    return count


def _zip(folder: Path, to: Path) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    shutil.rmtree(folder)
