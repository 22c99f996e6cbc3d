"""The search of a bad day: plain words in the database, while the index is being rebuilt."""

import re

from django.db.models import Exists, OuterRef, Q, QuerySet

from samtun import search
from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.models import Service, ServiceArea

_WORD = re.compile(r"\w{2,40}")
_SEARCHED = ("name", "summary", "keywords", "description")


def results(query: search.Query) -> search.Results:
    """Services in scope that hold one of the words, those with a word in the name first."""
    found = _in_scope(Service.objects.filter(status__in=PUBLIC_STATUSES), query.scope)
    words = _WORD.findall(query.text.casefold())[:8]
    if words:
        found = found.filter(_any(words, _SEARCHED))
    in_name = found.filter(_any(words, ("name",))) if words else found
    ordered = [*_page(in_name, 200), *_page(found.exclude(pk__in=in_name.values("pk")), 200)]
    window = ordered[query.offset : query.offset + query.limit] if words else None
    if window is None:
        window = list(_ids(found)[query.offset : query.offset + query.limit])
    return search.Results(
        total=found.count(),
        hits=tuple(search.Hit(str(key), 0.0) for key in window),
        facets={},
        understanding=search.Understanding(text=query.text),
    )


def _page(services: QuerySet[Service], limit: int) -> list[object]:
    return list(_ids(services)[:limit])


def _ids(services: QuerySet[Service]) -> QuerySet[Service, object]:
    return services.order_by("name", "id").values_list("id", flat=True)


def _in_scope(services: QuerySet[Service], scope: frozenset[str] | None) -> QuerySet[Service]:
    if scope is None:
        return services
    areas = ServiceArea.objects.filter(service=OuterRef("pk")).filter(
        Q(municipality__in=scope) | Q(covers_country=True)
    )
    return services.filter(Exists(areas))


def _any(words: list[str], fields: tuple[str, ...]) -> Q:
    condition = Q()
    for word in words:
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
    return condition
