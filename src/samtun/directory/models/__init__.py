"""The tables of HSDS 3.1 that Samtun keeps, under HSDS's names, and those that keep them true."""

from samtun.directory.models.contact import Contact, Phone, SpokenLanguage
from samtun.directory.models.editing import ServiceDraft, ServiceVersion
from samtun.directory.models.keeping import Asking, Confirmation, EnquiredService, Enquiry
from samtun.directory.models.link import Link, LinkHost
from samtun.directory.models.listing import Listing
from samtun.directory.models.location import Accessibility, Address, Location, ServiceAtLocation
from samtun.directory.models.missed import MissedSearch
from samtun.directory.models.schedule import Schedule
from samtun.directory.models.service import CostOption, RequiredDocument, Service, ServiceArea
from samtun.directory.models.source import ImportedRecord, Source
from samtun.directory.models.suggestion import SenderCount, SendingDay, Suggestion
from samtun.directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm

__all__ = [
    "Accessibility",
    "Address",
    "Asking",
    "Attribute",
    "Confirmation",
    "Contact",
    "CostOption",
    "EnquiredService",
    "Enquiry",
    "ImportedRecord",
    "Link",
    "LinkHost",
    "Listing",
    "Location",
    "MissedSearch",
    "Phone",
    "RequiredDocument",
    "Schedule",
    "SenderCount",
    "SendingDay",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceDraft",
    "ServiceVersion",
    "Source",
    "SpokenLanguage",
    "Suggestion",
    "Taxonomy",
    "TaxonomyTerm",
]
