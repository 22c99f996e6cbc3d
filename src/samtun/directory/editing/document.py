"""A service as one JSON-ready document: what forms show and save, and what versions keep.

Parts of a service have their row's `id`; a new part has none. Texts of parts are in the language
that the row has; texts of the service are there in every language.
"""

from typing import Any, TypedDict, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.directory.enums import ServiceStatus
from samtun.organisations.enums import Language

TEXTS = (
    "name",
    "alternate_name",
    "summary",
    "description",
    "eligibility_description",
    "application_process",
    "fees_description",
    "wait_time",
    "alert",
    "interpretation_services",
)
LANGUAGES = tuple(Language.values)
# How many characters fit; what is not named here is prose.
LENGTHS = {
    "name": 300, "alternate_name": 300, "summary": 300, "url": 2000, "uri": 2000, "email": 254,
    "assurer_email": 254, "number": 60, "title": 300, "contacts.name": 200, "phone": 60,
    "address_1": 300, "postal_code": 20, "city": 120, "keywords": 120,
}  # fmt: skip
PROSE = 20_000
PARTS = ("phones", "contacts", "places", "hours", "costs", "documents")
LISTS = ("covers", "needs", "target_groups", "languages", "keywords")
# How many of each there can be.
MOST = dict.fromkeys((*PARTS, *LISTS), 60) | {"covers": 400, "needs": 100, "target_groups": 100}

LABELS: dict[str, str | Promise] = {
    "language": _("Language of the original"),
    "name": _("Name"),
    "alternate_name": _("Also known as"),
    "summary": _("In one sentence"),
    "description": _("Description"),
    "eligibility_description": _("Who it is for"),
    "application_process": _("How to get it"),
    "fees_description": _("What it costs"),
    "wait_time": _("Waiting time"),
    "alert": _("Important message"),
    "interpretation_services": _("Interpreter"),
    "organization": _("Who gives it"),
    "covers": _("Municipalities"),
    "covers_country": _("For the whole country"),
    "needs": _("Needs"),
    "target_groups": _("Target groups and life situations"),
    "meets_in_person": _("In person"),
    "meets_by_phone": _("By phone"),
    "meets_online": _("Online"),
    "is_free": _("Free of charge"),
    "is_urgent": _("Help at once"),
    "is_for_children": _("Speaks to the child"),
    "minimum_age": _("Lowest age"),
    "maximum_age": _("Highest age"),
    "languages": _("Languages spoken"),
    "url": _("Web address"),
    "email": _("E-mail"),
    "phones": _("Phone"),
    "contacts": _("Contact person"),
    "places": _("Place"),
    "hours": _("Opening hours"),
    "costs": _("Price"),
    "documents": _("What to bring"),
    "keywords": _("Search words"),
    "status": _("State"),
    "publish_on": _("Publish on"),
    "end_on": _("Last day"),
    "keeper": _("Keeper"),
    "assurer_email": _("E-mail of the keeper"),
    "confirm_every_days": _("Days between confirmations"),
}


class Phone(TypedDict):
    """A number of the service itself."""

    id: str | None
    number: str
    description: str


class Contact(TypedDict):
    """Somebody to turn to; `phone` is their first number."""

    id: str | None
    name: str
    title: str
    email: str
    phone: str


class _Place(TypedDict):
    id: str | None  # of the tie between service and place
    location: str | None  # of the place itself, which other services may share
    name: str
    address_1: str
    postal_code: str
    city: str
    transportation: str
    accessibility: str
    is_confidential: bool


class Place(_Place, total=False):
    """Somewhere the service is given."""

    for_all: bool  # change a shared place for all that share it; never stored


class Hours(TypedDict):
    """When it is open. Where `words` says it, the rule behind is kept as it is."""

    id: str | None
    place: int | None  # which of `places`
    days: list[str]  # RFC 5545: MO, TU …
    every: str  # week | second_week | month
    week: int | None  # of the month: 1 to 5, or -1 for the last
    opens_at: str | None  # 10:00; None: only `description` says when
    closes_at: str | None  # not after opens_at: the next day; 00:00 to 00:00: day and night
    valid_from: str | None
    valid_to: str | None
    description: str
    words: str


class Cost(TypedDict):
    """A price; `amount` in kroner as text with two decimals."""

    id: str | None
    option: str
    amount: str | None
    description: str


class RequiredDocument(TypedDict):
    """Something to bring or send."""

    id: str | None
    document: str
    uri: str


class Document(TypedDict):
    """Everything about a service that people edit."""

    language: str
    texts: dict[str, dict[str, str]]
    organization: str
    covers: list[str]
    covers_country: bool
    needs: list[str]
    target_groups: list[str]
    meets_in_person: bool
    meets_by_phone: bool
    meets_online: bool
    is_free: bool | None
    is_urgent: bool
    is_for_children: bool
    minimum_age: int | None
    maximum_age: int | None
    languages: list[str]
    url: str
    email: str
    phones: list[Phone]
    contacts: list[Contact]
    places: list[Place]
    hours: list[Hours]
    costs: list[Cost]
    documents: list[RequiredDocument]
    keywords: list[str]
    status: str
    publish_on: str | None
    end_on: str | None
    keeper: str | None
    assurer_email: str
    confirm_every_days: int | None


EMPTY_PARTS: dict[str, dict[str, Any]] = {
    "phones": {"id": None, "number": "", "description": ""},
    "contacts": {"id": None, "name": "", "title": "", "email": "", "phone": ""},
    "places": {
        "id": None, "location": None, "name": "", "address_1": "", "postal_code": "", "city": "",
        "transportation": "", "accessibility": "", "is_confidential": False,
    },
    "hours": {
        "id": None, "place": None, "days": [], "every": "week", "week": None, "opens_at": None,
        "closes_at": None, "valid_from": None, "valid_to": None, "description": "", "words": "",
    },
    "costs": {"id": None, "option": "", "amount": None, "description": ""},
    "documents": {"id": None, "document": "", "uri": ""},
}  # fmt: skip


def empty(organization: str = "", language: str = Language.BOKMAL) -> Document:
    """A new draft with nothing in it yet."""
    flags = dict.fromkeys(
        ("covers_country", "meets_in_person", "meets_by_phone", "meets_online", "is_urgent",
         "is_for_children"), False,
    )  # fmt: skip
    nothing = dict.fromkeys(
        ("is_free", "minimum_age", "maximum_age", "publish_on", "end_on", "keeper",
         "confirm_every_days"),
    )  # fmt: skip
    words = dict.fromkeys(("url", "email", "assurer_email"), "")
    lists: dict[str, list[object]] = {name: [] for name in (*PARTS, *LISTS)}
    made = {
        "language": str(language),
        "texts": {code: dict.fromkeys(TEXTS, "") for code in LANGUAGES},
        "organization": organization,
        "status": str(ServiceStatus.INACTIVE),
        **flags,
        **nothing,
        **words,
        **lists,
    }
    return cast("Document", {field: made[field] for field in Document.__annotations__})


def text_of(document: Document, field: str, language: str | None = None) -> str:
    """A text of the service in `language`, else in the original language."""
    texts = document["texts"]
    wanted = texts.get(language or document["language"], {}).get(field, "")
    return wanted or texts.get(document["language"], {}).get(field, "")
