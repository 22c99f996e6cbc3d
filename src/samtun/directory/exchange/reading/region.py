"""The plain files of a region: TOML in HSDS's words, with texts in several languages."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.reading.region_service import ServiceRows
from samtun.directory.exchange.reading.region_texts import (
    Maker,
    address_of_place,
    columns,
    is_table,
    tables,
)
from samtun.directory.exchange.rows import Problem, Row
from samtun.directory.exchange.tables import TABLES

_LARGEST_FILE = 5_000_000  # bytes; an organisation with a thousand services is a tenth of it


class RegionFiles:
    """A region's directory as a data set: `region.toml` and `organisations/*.toml`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.present = {*TABLES, "region", "region_contact"}
        self.notices: list[Problem] = []
        self.facts = _facts(folder)
        self.key = str(self.facts["region"]["key"])

    @property
    def contacts(self) -> list[Mapping[str, Any]]:
        """The people to turn to, as they stand in `region.toml`."""
        return [entry for entry in self.facts.get("contact", []) if is_table(entry)]

    @property
    def municipalities(self) -> list[str]:
        """Numbers of the region's municipalities."""
        return [str(number) for number in self.facts["region"].get("municipalities", [])]

    def rows(self) -> Iterator[Row]:
        """Rows of every organisation file, in order of file name."""
        for path in sorted((self.folder / "organisations").glob("*.toml")):
            yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Row]:
        name = f"organisations/{path.name}"
        try:
            text = _text(path)
            content = tomllib.loads(text)
        except (ExchangeError, tomllib.TOMLDecodeError, RecursionError) as error:
            problem = Problem("unreadable_row", {"reason": str(error)})
            yield Row("organization", {}, name, problem=problem)
            return
        yield from _OrganizationFile(self, name, text, content).rows()


class _OrganizationFile:
    """One organisation with its places and its services."""

    def __init__(
        self, region: RegionFiles, name: str, text: str, content: Mapping[str, Any]
    ) -> None:
        self.region, self.name, self.content = region, name, content
        self.lines = _Lines(text)
        organization = content.get("organization")
        self.organization: Mapping[str, Any] = organization if is_table(organization) else {}
        self.language = str(self.organization.get("language", "nb"))

    def rows(self) -> Iterator[Row]:
        key = str(self.organization.get("key", ""))
        if not key:
            problem = Problem("key_missing")
            yield Row("organization", {}, self.name, problem=problem)
            return
        maker = Maker(self.region.key, self.language, self.lines.place(self.name, key))
        yield maker.row("organization", [key], self._organization(maker, key))
        for entry in tables(self.content, "location"):
            yield from self._location(entry, key)
        for entry in tables(self.content, "service"):
            yield from self._service(entry, key)
        for name in self.content.keys() - {"organization", "location", "service"}:
            problem = Problem("table_unknown", {"table": name})
            yield Row(name, {}, self.name, problem=problem)

    def _organization(self, maker: Maker, key: str) -> dict[str, Any]:
        entry = dict(self.organization)
        values = columns(entry, maker.language, leave=("key", "parent", "language", "municipality"))
        if parent := entry.get("parent"):
            values["parent_organization_id"] = maker.id("organization", str(parent))
        values["municipality_id"] = str(entry.get("municipality", "")) or None
        values.setdefault("is_example", False)
        return values

    def _location(self, entry: Mapping[str, Any], organization: str) -> Iterator[Row]:
        key = str(entry.get("key", ""))
        place = self.lines.place(self.name, key)
        if not key:
            yield Row("location", {}, place, problem=Problem("key_missing"))
            return
        maker = Maker(self.region.key, self.language, place)
        address = address_of_place(entry)
        leave = ("key", "accessibility", *address)
        values = columns(entry, maker.language, leave=leave)
        values["organization_id"] = maker.id("organization", organization)
        yield maker.row("location", [key], {"is_confidential": False, **values})
        if address:
            kind = entry.get("location_type", "physical")
            linked = {**address, "address_type": kind, "location_id": maker.id("location", key)}
            yield maker.row("address", [key], linked)
        if described := entry.get("accessibility"):
            text = columns({"description": described}, maker.language)
            linked = {**text, "location_id": maker.id("location", key)}
            yield maker.row("accessibility", [key], linked)

    def _service(self, entry: Mapping[str, Any], organization: str) -> Iterator[Row]:
        key = str(entry.get("key", ""))
        place = self.lines.place(self.name, key)
        if not key:
            yield Row("service", {}, place, problem=Problem("key_missing"))
            return
        language = str(entry.get("language", self.language))
        maker = Maker(self.region.key, language, place)
        yield from ServiceRows(maker, entry, key, organization, self.region.municipalities).rows()


class _Lines:
    """Finds the line on which a `key = "…"` stands, for people to look it up."""

    _KEY = re.compile(r"""^\s*key\s*=\s*["']([^"']*)["']""")

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if match := self._KEY.match(line):
                self._lines.setdefault(match[1], number)

    def place(self, file: str, key: str) -> str:
        """`file:line` of the key, or the file alone."""
        return f"{file}:{self._lines[key]}" if key in self._lines else file


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ExchangeError("file_too_large", file=path.name, maximum=_LARGEST_FILE)
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError("not_utf8", file=path.name) from error
    except OSError as error:
        raise ExchangeError("system_refused", file=path.name, reason=error.strerror) from error


def _facts(folder: Path) -> dict[str, Any]:
    path = folder / "region.toml"
    if not path.is_file():
        raise ExchangeError("no_region_file", folder=folder)
    try:
        facts = tomllib.loads(_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ExchangeError("cannot_read", file=path.name, reason=error) from error
    region = facts.get("region")
    if not is_table(region) or not str(region.get("key", "")):
        raise ExchangeError("no_region_key", file=path.name)
    return facts
