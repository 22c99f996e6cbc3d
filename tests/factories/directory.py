# ruff: noqa: ANN401  (the fields of any model pass through)
"""Makes things of the directory for tests: `from tests.factories import directory as make`.

Every function takes the fields that matter to the test and fills in the rest. `full_service`
has one of everything that HSDS knows about a service.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from samtun.directory.enums import Taxonomies
from samtun.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Location,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    SpokenLanguage,
    Taxonomy,
    TaxonomyTerm,
)
from samtun.organisations.models import Municipality, Organization, PostalCode, Region

LAST_MODIFIED = datetime(2026, 5, 4, 12, 30, 15, 250_000, tzinfo=UTC)
SECRET_WORDS = ("Hemmelig krisesenter", "Skjulveien 7", "99 88 77 66", "Gå inn bakgata")

_numbers = count(1)


def municipality(number: str = "3451", name: str = "Nord-Aurdal", **fields: Any) -> Municipality:
    """A municipality; the same number gives the same one."""
    defaults = {
        "name": name,
        "official_name": name,
        "slug": f"{name.lower().replace('ø', 'o').replace(' ', '-')}-{number}",
        "county_number": "34",
        "county_name": "Innlandet",
        "language_form": "neutral",
        "latitude": 60.98,
        "longitude": 9.23,
    }
    made, _ = Municipality.objects.get_or_create(number=number, defaults=defaults | fields)
    return made


def postal_code(code: str = "2900", **fields: Any) -> PostalCode:
    """A postal code with its point, by default Fagernes."""
    defaults = {
        "place": "FAGERNES",
        "municipality": fields.get("municipality") or municipality(),
        "latitude": 60.986,
        "longitude": 9.2325,
    }
    made, _ = PostalCode.objects.get_or_create(code=code, defaults=defaults | fields)
    return made


def region(slug: str = "valdres", *municipalities: Municipality, **fields: Any) -> Region:
    """A region of the municipalities, or of one."""
    made = Region.objects.create(slug=slug, **{"names": {"nb": slug.capitalize()}} | fields)
    made.municipalities.set(municipalities or [municipality()])
    return made


def organization(**fields: Any) -> Organization:
    """An organisation with a name of its own."""
    defaults = {
        "name": f"Frivilligsentralen {next(_numbers)}",
        "description": "Et hus for alle.",
        "last_modified": LAST_MODIFIED,
    }
    return Organization.objects.create(**defaults | fields)


def service(**fields: Any) -> Service:
    """An open service with a name and address of its own, and nothing attached."""
    number = next(_numbers)
    defaults = {
        "name": f"Temakafé {number}",
        "slug": f"temakafe-{number}",
        "description": "Kom innom for en prat.",
        "last_modified": LAST_MODIFIED,
    }
    if "organization" not in fields and "organization_id" not in fields:
        defaults["organization"] = organization()
    return Service.objects.create(**defaults | fields)


def location(**fields: Any) -> Location:
    """A place in the middle of Fagernes."""
    defaults = {
        "name": "Kulturhuset",
        "latitude": 60.987,
        "longitude": 9.235,
        "municipality": fields.get("municipality") or municipality(),
    }
    return Location.objects.create(**defaults | fields)


def address(location: Location, **fields: Any) -> Address:
    """A street address of the location."""
    defaults = {"address_1": "Storgata 1", "postal_code": "2900", "city": "Fagernes"}
    return Address.objects.create(location=location, **defaults | fields)


def place(service: Service, location: Location, **fields: Any) -> ServiceAtLocation:
    """The service is given at the location."""
    return ServiceAtLocation.objects.create(service=service, location=location, **fields)


def phone(**fields: Any) -> Phone:
    """A number that cannot exist; name its owner: service=, organization=, location= …"""
    return Phone.objects.create(**{"number": "00 00 00 01", "type": "voice"} | fields)


def contact(**fields: Any) -> Contact:
    """A function to turn to; name its owner: service=, organization=, location= …"""
    defaults = {"name": "Kreftkoordinator", "email": "koordinator@fagernes.example"}
    return Contact.objects.create(**defaults | fields)


def schedule(**fields: Any) -> Schedule:
    """Tuesdays from ten to two; name its owner: service=, location=, service_at_location="""
    defaults = {
        "freq": "WEEKLY",
        "byday": "TU",
        "dtstart": date(2026, 1, 6),
        "opens_at": time(10),
        "closes_at": time(14),
    }
    return Schedule.objects.create(**defaults | fields)


def area(service: Service, municipality: Municipality | None = None, **fields: Any) -> ServiceArea:
    """The service covers the municipality, or `covers_country=True`, or an area in words."""
    return ServiceArea.objects.create(service=service, municipality=municipality, **fields)


def taxonomy(slug: str = Taxonomies.NEEDS, **fields: Any) -> Taxonomy:
    """A taxonomy; the same slug gives the same one."""
    defaults = {"name": slug.capitalize(), "description": f"Words of {slug}."}
    made, _ = Taxonomy.objects.get_or_create(slug=slug, defaults=defaults | fields)
    return made


def term(code: str = "avlastning", **fields: Any) -> TaxonomyTerm:
    """A term, by default of the needs; the same code gives the same one."""
    home = fields.pop("taxonomy", None) or taxonomy()
    defaults = {"name": code.capitalize(), "description": f"Om {code}."}
    made, _ = TaxonomyTerm.objects.get_or_create(
        taxonomy=home, code=code, defaults=defaults | fields
    )
    return made


def tag(service: Service, *terms: TaxonomyTerm) -> list[Attribute]:
    """The service is about the terms."""
    return [
        Attribute.objects.create(service=service, taxonomy_term=each, label=each.name)
        for each in terms
    ]


@dataclass(frozen=True)
class FullService:
    """A service with one of everything, and the parts a test may want to name."""

    service: Service
    organization: Organization
    location: Location
    service_at_location: ServiceAtLocation
    hidden_location: Location
    hidden_service_at_location: ServiceAtLocation
    term: TaxonomyTerm
    parent_term: TaxonomyTerm
    municipality: Municipality


def full_service(**fields: Any) -> FullService:
    """A service with everything, in two languages, one of its two locations confidential."""
    owner = fields.pop("organization", None) or _full_organization()
    made = service(**_FULL_FIELDS | {"organization": owner} | fields)
    open_door = _full_location(owner)
    hidden = _hidden_location(owner)
    there = place(made, open_door, description="Inngang fra tunet")
    hidden_there = place(made, hidden, description=SECRET_WORDS[3])
    _attach(made, there)
    _attach_secrets(hidden, hidden_there)
    parent = term("avlastning")
    child = term("avlastning-hjemme", parent=parent, names={"nn": "Avlasting heime"})
    tag(made, child)
    Attribute.objects.create(organization=owner, taxonomy_term=parent)
    Attribute.objects.create(location=open_door, taxonomy_term=parent)
    home = municipality()
    area(made, home)
    area(made, municipality("3454", "Vang"))
    return FullService(made, owner, open_door, there, hidden, hidden_there, child, parent, home)


_FULL_FIELDS: dict[str, Any] = {
    "alternate_name": "Kafé for pårørende",
    "summary": "En kopp kaffe og en prat.",
    "url": "https://kafe.example/tema",
    "additional_urls": [{"label": "Program", "url": "https://kafe.example/program"}],
    "email": "kafe@fagernes.example",
    "interpretation_services": "Tolk etter avtale",
    "application_process": "Bare møt opp.",
    "fees_description": "Gratis; kaffe koster litt.",
    "wait_time": "Ingen",
    "accreditations": "Trygg møteplass",
    "eligibility_description": "For alle pårørende.",
    "minimum_age": 18,
    "maximum_age": 99,
    "alert": "Stengt i juli",
    "assured_date": date(2026, 4, 1),
    "assurer_email": "kari@fagernes.example",
    "translations": {"nn": {"name": "Temakafé for pårørande", "description": "Kom innom."}},
    "meets_in_person": True,
    "is_free": True,
}


def _full_organization() -> Organization:
    parent = organization(name="Nord-Aurdal kommune", municipality=municipality())
    made = organization(
        alternate_name="Sentralen",
        email="post@fagernes.example",
        website="https://sentralen.example/",
        legal_status="Forening",
        year_incorporated=1998,
        uri="https://sentralen.example/om",
        logo="https://sentralen.example/logo.svg",
        parent_organization=parent,
        municipality=municipality(),
        translations={"nn": {"description": "Eit hus for alle."}},
    )
    phone(organization=made, number="00 00 00 02")
    contact(organization=made, name="Dagleg leiar", language="nn")
    return made


def _full_location(owner: Organization) -> Location:
    made = location(
        organization=owner,
        alternate_name="Huset",
        description="Ved torget.",
        transportation="Buss 220 stopper utenfor.",
        url="https://kulturhuset.example/",
    )
    address(made)
    Accessibility.objects.create(location=made, description="Trinnfri inngang")
    phone(location=made, number="00 00 00 03")
    contact(location=made, name="Resepsjonen")
    schedule(location=made, byday="MO,TU,WE,TH,FR", opens_at=time(8), closes_at=time(16))
    SpokenLanguage.objects.create(location=made, name="Norsk", code="nb")
    return made


def _hidden_location(owner: Organization) -> Location:
    return location(
        organization=owner,
        is_confidential=True,
        name=SECRET_WORDS[0],
        description=SECRET_WORDS[3],
        transportation=SECRET_WORDS[3],
        latitude=60.5,
        longitude=9.9,
    )


def _attach(service: Service, there: ServiceAtLocation) -> None:
    number = phone(service=service, description="Ring mellom ni og tre", extension=12)
    SpokenLanguage.objects.create(phone=number, name="Engelsk", code="en")
    SpokenLanguage.objects.create(service=service, name="Norsk", code="nb")
    someone = contact(service=service, title="Rådgiver", department="Helse")
    phone(contact=someone, number="00 00 00 04")
    schedule(service=service, valid_from=date(2026, 1, 1), description="Hver tirsdag")
    schedule(service_at_location=there, byday="1TH", freq="MONTHLY", wkst="MO", interval=1)
    phone(service_at_location=there, number="00 00 00 05")
    contact(service_at_location=there, name="Verten")
    CostOption.objects.create(
        service=service, option="Kaffe", currency="NOK", amount=Decimal("25.50")
    )
    RequiredDocument.objects.create(service=service, document="Ingen papirer trengs")


def _attach_secrets(hidden: Location, there: ServiceAtLocation) -> None:
    """What must never come out: some of it hangs on something public as well."""
    address(hidden, address_1=SECRET_WORDS[1])
    Accessibility.objects.create(location=hidden, description=SECRET_WORDS[3])
    phone(location=hidden, number=SECRET_WORDS[2])
    phone(location=hidden, organization=hidden.organization, number=SECRET_WORDS[2])
    phone(service_at_location=there, service=there.service, number=SECRET_WORDS[2])
    someone = contact(location=hidden, organization=hidden.organization, name=SECRET_WORDS[0])
    phone(contact=someone, organization=hidden.organization, number=SECRET_WORDS[2])
    contact(service_at_location=there, service=there.service, name=SECRET_WORDS[0])
    schedule(location=hidden, service=there.service, description=SECRET_WORDS[3])
    SpokenLanguage.objects.create(location=hidden, service=there.service, note=SECRET_WORDS[3])
    Attribute.objects.create(
        location=hidden, service=there.service, taxonomy_term=term("skjult"), value=SECRET_WORDS[3]
    )
