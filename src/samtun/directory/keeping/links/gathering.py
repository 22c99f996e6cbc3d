"""Which web addresses the public part of the map names, and where."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from samtun.directory.enums import PUBLIC_STATUSES, LinkProblem, LinkState
from samtun.directory.keeping.links.errors import CannotLook
from samtun.directory.keeping.links.targets import LONGEST, target_of
from samtun.directory.models import Link, LinkHost, RequiredDocument, Service

_BATCH = 500
_Named = Link.services.through
Pairs = set[tuple[UUID, str]]


def gather() -> int:
    """Bring the addresses up to date with the map, a batch of entries at a time.

    Those of an entry itself and of what to bring; the ones of a place or an organisation are kept
    with those. Returns how many addresses there are.
    """
    _Named.objects.exclude(service__status__in=PUBLIC_STATUSES).delete()
    ids = Service.objects.filter(status__in=PUBLIC_STATUSES).order_by("pk")
    remaining: Iterator[UUID] = ids.values_list("pk", flat=True).iterator(chunk_size=_BATCH)
    every = list(islice(remaining, _BATCH))
    while every:
        gather_from(every)
        every = list(islice(remaining, _BATCH))
    _forget_unused()
    return Link.objects.count()


@transaction.atomic
def gather_from(services: Collection[UUID]) -> None:
    """Bring the addresses of these public entries up to date."""
    named = _named_by(services)
    ids = _ids_of({url for _, url in named})
    wanted = {(service, ids[url]) for service, url in named if url in ids}
    rows = _Named.objects.filter(service_id__in=services)
    there = {(row.service_id, row.link_id): row.pk for row in rows}
    _Named.objects.filter(pk__in=[there[pair] for pair in there.keys() - wanted]).delete()
    _Named.objects.bulk_create(
        [_Named(service_id=service, link_id=link) for service, link in wanted - there.keys()],
        ignore_conflicts=True,
    )


def _named_by(services: Collection[UUID]) -> Pairs:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Service.objects.filter(pk__in=services).values_list("pk", "url", "additional_urls")
    for service, url, additional in rows:
        found[service] += [url, *_urls_in(additional)]
    documents = RequiredDocument.objects.filter(service_id__in=services).exclude(uri="")
    for service, uri in documents.values_list("service_id", "uri"):
        found[service].append(uri)
    return {(service, url) for service, urls in found.items() for url in urls if _is_web(url)}


def _urls_in(additional: Any) -> list[str]:  # noqa: ANN401  (JSON from anywhere)
    """HSDS 3.1 `url` rows; what other systems left there may have any shape."""
    rows = additional if isinstance(additional, list) else []
    urls = [row.get("url") if isinstance(row, dict) else row for row in rows]
    return [url for url in urls if isinstance(url, str)]


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://")) and len(url) <= LONGEST


def _ids_of(urls: Collection[str]) -> dict[str, int]:
    """The row of each address, made where there is none."""
    known = dict(Link.objects.filter(url__in=urls).values_list("url", "pk"))
    missing = [_new(url) for url in urls if url not in known]
    if missing:
        hosts = {link.host_id for link in missing if link.host_id}
        LinkHost.objects.bulk_create([LinkHost(name=each) for each in hosts], ignore_conflicts=True)
        Link.objects.bulk_create(missing, ignore_conflicts=True)
        known = dict(Link.objects.filter(url__in=urls).values_list("url", "pk"))
    return known


def _new(url: str) -> Link:
    """What is no address on the open web is never looked at."""
    try:
        return Link(url=url, host_id=target_of(url).name)
    except CannotLook:
        return Link(url=url, state=LinkState.FORBIDDEN, problem=LinkProblem.ADDRESS)


def _forget_unused() -> None:
    """Addresses that no public entry names any longer, and hosts without an address."""
    named = _Named.objects.filter(link=OuterRef("pk"))
    Link.objects.filter(~Exists(named)).delete()
    LinkHost.objects.filter(links__isnull=True).delete()
