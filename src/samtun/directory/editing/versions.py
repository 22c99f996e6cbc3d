"""Every version of a service: reading them, comparing them, bringing two together."""

from django.db.models import Max

from samtun.directory.editing.differences import Difference, Words, differences, marked
from samtun.directory.editing.document import Document
from samtun.directory.editing.merging import Conflict, Merge, merge
from samtun.directory.models import Service, ServiceVersion

__all__ = [
    "Conflict",
    "Difference",
    "Merge",
    "Words",
    "base_of",
    "differences",
    "marked",
    "merge",
    "newest_number",
    "version_of",
    "versions_of",
]


def versions_of(service: Service) -> list[ServiceVersion]:
    """All versions, newest first, with who made them and without what is in them; one query."""
    versions = ServiceVersion.objects.filter(service=service).select_related("person")
    return list(versions.defer("document").order_by("-number"))


def version_of(service: Service, number: int) -> ServiceVersion:
    """One version, with who made it.

    Raises:
        ServiceVersion.DoesNotExist: the service has no such version.
    """
    return ServiceVersion.objects.select_related("person").get(service=service, number=number)


def newest_number(service: Service) -> int:
    """The number of the newest version; 0 where nobody has changed the service here yet."""
    found = ServiceVersion.objects.filter(service=service).aggregate(newest=Max("number"))
    return found["newest"] or 0


def base_of(service: Service, based_on: int) -> Document | None:
    """The document that somebody started from who began at version `based_on`.

    Before the first change there is no version; the first one then holds what stood there.
    """
    versions = ServiceVersion.objects.filter(service=service, number=max(based_on, 1))
    return versions.values_list("document", flat=True).first()
