"""A small Valdres that the tests of the public pages visit."""

from typing import Any

from samtun.directory import finding
from samtun.directory.enums import Taxonomies
from samtun.directory.models import Service
from samtun.organisations.models import Region, RegionContact
from tests.factories import directory as make


def valdres(**fields: Any) -> Region:  # noqa: ANN401  (the fields of a region)
    """Nord-Aurdal and Vang share a map; Kari answers for both, Guri for Vang only."""
    nord_aurdal = make.municipality("3451", "Nord-Aurdal")
    vang = make.municipality("3454", "Vang", language_form="nn", latitude=61.13, longitude=8.57)
    region = make.region("valdres", nord_aurdal, vang, is_example=True, **fields)
    RegionContact.objects.create(
        region=region, position=0, name="Kari", titles={"nb": "Koordinator"}, phone="10 00 00 01"
    )
    local = RegionContact.objects.create(
        region=region, position=1, name="Guri", titles={"nb": "Kontoret"}, phone="10 00 54 10"
    )
    local.municipalities.set([vang])
    return region


def offer(name: str, slug: str, **fields: Any) -> Service:  # noqa: ANN401
    """An offer in Nord-Aurdal, about the needs in `needs`; call `finding.rebuild()` after."""
    needs = fields.pop("needs", ["moteplass"])
    where = fields.pop("where", "3451")
    service = make.service(name=name, slug=slug, meets_in_person=True, **fields)
    make.tag(service, *(make.term(code) for code in needs))
    if where == "country":
        make.area(service, covers_country=True)
    else:
        make.area(service, make.municipality(where, "Vang" if where == "3454" else "Nord-Aurdal"))
    return service


def many_offers(count: int) -> None:
    """As many offers as wanted, each at a place, found by the word «temakafé»."""
    valdres()
    group = make.term("demens", taxonomy=make.taxonomy(Taxonomies.TARGET_GROUPS), facet="situasjon")
    for number in range(count):
        service = offer(f"Temakafé {number}", f"temakafe-i-bygda-{number}")
        make.tag(service, group)
        make.place(service, make.location())
    finding.rebuild()
