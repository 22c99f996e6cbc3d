"""The tables of HSDS 3.1 that Samtun keeps, under HSDS's names."""

from samtun.directory.models.contact import Contact, Phone, SpokenLanguage
from samtun.directory.models.listing import Listing
from samtun.directory.models.location import Accessibility, Address, Location, ServiceAtLocation
from samtun.directory.models.schedule import Schedule
from samtun.directory.models.service import CostOption, RequiredDocument, Service, ServiceArea
from samtun.directory.models.source import ImportedRecord, Source
from samtun.directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "CostOption",
    "ImportedRecord",
    "Listing",
    "Location",
    "Phone",
    "RequiredDocument",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "Source",
    "SpokenLanguage",
    "Taxonomy",
    "TaxonomyTerm",
]
