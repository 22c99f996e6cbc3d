"""Which public rows a request asks for, in which order."""

from samtun.api.queries.selecting import (
    Selection,
    organizations,
    service_at_locations,
    services,
    taxonomies,
    taxonomy_terms,
)

__all__ = [
    "Selection",
    "organizations",
    "service_at_locations",
    "services",
    "taxonomies",
    "taxonomy_terms",
]
