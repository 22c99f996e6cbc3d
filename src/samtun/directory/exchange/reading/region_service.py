"""A service of a region's files, with all that hangs on it, as rows of HSDS tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from samtun.directory.enums import Taxonomies
from samtun.directory.exchange.reading.region_texts import Maker, columns, tables
from samtun.directory.exchange.rows import Row

_MEETINGS = {"in_person": "meets_in_person", "phone": "meets_by_phone", "online": "meets_online"}
_TERMS = {
    "needs": Taxonomies.NEEDS,
    "target_groups": Taxonomies.TARGET_GROUPS,
    "los": Taxonomies.LOS,
}
_PARTS = ("phone", "contact", "at", "schedule", "cost", "document")
_ELSEWHERE = frozenset(
    {
        "key",
        "language",
        *_TERMS,
        "covers",
        "meeting",
        "languages",
        "source",
        "for_children",
        *_PARTS,
    }
)
# Ours; left out of the file they are emptied, not left as they were.
_NOT_SAID = ("summary", "is_free", "is_urgent", "keywords", "source_checked_on")
_LOS_ADDRESS = "https://psi.norge.no/los/"


class ServiceRows:
    """The rows of one `[[service]]`."""

    def __init__(
        self,
        maker: Maker,
        entry: Mapping[str, Any],
        key: str,
        organization: str,
        municipalities: list[str],
    ) -> None:
        self.maker, self.entry, self.key = maker, entry, key
        self.organization = organization
        self.municipalities = municipalities
        self.service_id = maker.id("service", key)

    def rows(self) -> Iterator[Row]:
        """The service first, then its parts."""
        yield self.maker.row("service", [self.key], self._service())
        yield from self._areas()
        yield from self._terms()
        yield from self._languages()
        yield from self._places()
        yield from self._phones()
        yield from self._contacts()
        yield from self._schedules()
        for table, name in (("cost_option", "cost"), ("required_document", "document")):
            for part in tables(self.entry, name):
                yield self._part(table, self._values(part))

    def _service(self) -> dict[str, Any]:
        values = columns(self.entry, self.maker.language, leave=_ELSEWHERE)
        meeting = _words(self.entry.get("meeting"))
        return {
            **dict.fromkeys(_NOT_SAID),
            **values,
            **({column: way in meeting for way, column in _MEETINGS.items()} if meeting else {}),
            "slug": self.key,
            "is_for_children": bool(self.entry.get("for_children", False)),
            "source_url": self.entry.get("source"),
            "organization_id": self.maker.id("organization", self.organization),
        }

    def _values(self, part: Mapping[str, Any]) -> dict[str, Any]:
        return columns(part, self.maker.language)

    def _part(self, table: str, values: Mapping[str, Any], *keys: str) -> Row:
        return self.maker.row(table, [self.key, *keys], {**values, "service_id": self.service_id})

    def _areas(self) -> Iterator[Row]:
        for word in _words(self.entry.get("covers")):
            if word == "country":
                yield self._part("service_area", {"covers_country": True, "name": "Norge"}, word)
                continue
            for number in self.municipalities if word == "region" else [word]:
                yield self._part("service_area", {"municipality_id": number}, number)

    def _terms(self) -> Iterator[Row]:
        for column, taxonomy in _TERMS.items():
            for code in _words(self.entry.get(column)):
                term = code.removeprefix(_LOS_ADDRESS)
                values = {"taxonomy": str(taxonomy.value), "term_code": term}
                yield self._part("attribute", values, taxonomy.value, term)

    def _languages(self) -> Iterator[Row]:
        for code in _words(self.entry.get("languages")):
            yield self._part("language", {"code": code}, code)

    def _place_id(self, location: str) -> str:
        return self.maker.id("service_at_location", self.key, location)

    def _places(self) -> Iterator[Row]:
        for part in tables(self.entry, "at"):
            location = str(part.get("location", ""))
            values = columns(part, self.maker.language, leave=("location",))
            values["location_id"] = self.maker.id("location", location)
            yield self._part("service_at_location", values, location)

    def _phones(self) -> Iterator[Row]:
        for part in tables(self.entry, "phone"):
            yield self._part("phone", self._values(part), str(part.get("number", "")))

    def _contacts(self) -> Iterator[Row]:
        for number, part in enumerate(tables(self.entry, "contact"), start=1):
            values = columns(part, self.maker.language, leave=("phone",))
            yield self._part("contact", values, str(number))
            if phone := part.get("phone"):
                linked = {
                    "number": str(phone),
                    "contact_id": self.maker.id("contact", self.key, str(number)),
                }
                yield self.maker.row("phone", [self.key, "contact", str(phone)], linked)

    def _schedules(self) -> Iterator[Row]:
        places = {str(part.get("location", "")) for part in tables(self.entry, "at")}
        for part in tables(self.entry, "schedule"):
            values = columns(part, self.maker.language, leave=("at",))
            at = str(part.get("at", ""))
            if at in places:
                linked = {**values, "service_at_location_id": self._place_id(at)}
                yield self.maker.row("schedule", [self.key], linked)
            else:  # a place that is not the service's own says nothing of where it is given
                yield self._part("schedule", values)


def _words(value: object) -> list[str]:
    """A list of words without repeats; a single word is taken as one."""
    if isinstance(value, str):
        return [value]
    return list(dict.fromkeys(str(word) for word in value)) if isinstance(value, list) else []
