"""Web addresses that do not just work, as the desk reads them."""

from django.db.models import F, Prefetch, Q, QuerySet

from samtun.directory.enums import PUBLIC_STATUSES, LinkProblem, LinkState
from samtun.directory.models import Link, Service
from samtun.directory.queries.kept import services_of
from samtun.people.grants import Person

_PERMISSION = "directory.change_service"


def is_broken(path: str = "") -> Q:
    """The condition on a link, at `path`, that visitors meet something wrong and nobody has
    settled it. What only keeps robots out, or is away for a while, is not wrong."""
    wrong = Q(**{f"{path}state__in": (LinkState.GONE, LinkState.MOVED)})
    wrong |= Q(**{f"{path}problem": LinkProblem.CERTIFICATE})
    return wrong & ~Q(**{f"{path}settled_state": F(f"{path}state")})


def public_services_of(person: Person) -> QuerySet[Service]:
    """The public entries whose addresses `person` may change."""
    return services_of(person, _PERMISSION).filter(status__in=PUBLIC_STATUSES)


def broken_for(person: Person) -> QuerySet[Link]:
    """Addresses that need `person`, the moved last; `mine` is the entries that name each.

    Two queries.
    """
    mine = public_services_of(person)
    named = Link.services.through.objects.filter(service__in=mine.values("pk"))
    entries = Prefetch("services", mine.order_by("name", "pk"), to_attr="mine")
    found = Link.objects.filter(is_broken(), pk__in=named.values("link"))
    return found.prefetch_related(entries).order_by("state", "failing_since", "pk")
