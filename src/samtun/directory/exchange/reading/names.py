"""What files and keys are called, in HSDS 3.x and before, by the table they hold."""

from collections.abc import Mapping
from functools import lru_cache

_PLURALS = {
    "taxonomy": ("taxonomies",),
    "taxonomy_term": ("taxonomy_terms", "terms"),
    "organization": ("organizations", "organisation", "organisations"),
    "organization_identifier": ("organization_identifiers", "identifiers"),
    "service": ("services",),
    "url": ("urls", "additional_urls"),
    "location": ("locations",),
    "address": ("addresses",),
    "physical_address": ("physical_addresses",),
    "postal_address": ("postal_addresses",),
    "service_at_location": (
        "service_at_locations", "services_at_location", "services_at_locations",
    ),
    "accessibility": ("accessibilities", "accessibility_for_disabilities"),
    "contact": ("contacts",),
    "phone": ("phones",),
    "language": ("languages",),
    "schedule": ("schedules",),
    "regular_schedule": ("regular_schedules",),
    "holiday_schedule": ("holiday_schedules",),
    "service_area": ("service_areas",),
    "cost_option": ("cost_options", "fees", "fee"),
    "payment_accepted": ("payments_accepted", "payment_accepteds"),
    "required_document": ("required_documents",),
    "eligibility": ("eligibilities", "eligibilitys"),
    "attribute": ("attributes",),
    "service_attribute": ("service_attributes", "services_attributes", "service_taxonomy",
                          "service_taxonomies", "services_taxonomy", "services_taxonomies"),
    "other_attribute": ("other_attributes",),
    "program": ("programs",),
    "funding": ("fundings",),
    "service_capacity": ("service_capacities", "capacities"),
    "unit": ("units",),
    "metadata": (),
    "meta_table_description": ("meta_table_descriptions",),
}  # fmt: skip
_TABLES: Mapping[str, str] = {
    name: table for table, others in _PLURALS.items() for name in (table, *others)
}


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A file, column or key name as HSDS writes it: lower case, underscores."""
    return "_".join(name.strip().strip("\ufeff").lower().replace("-", " ").split())


@lru_cache(maxsize=4096)
def table_called(name: str) -> str | None:
    """The table (of any HSDS version) that a file or key of that name holds."""
    bare = plain(name).removesuffix(".csv").removesuffix(".json").removeprefix("hsds_")
    return _TABLES.get(bare)
