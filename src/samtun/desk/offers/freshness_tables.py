"""The tables of the page on freshness, as rows that page and files share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samtun.desk.dots import Picture, Spot, picture
from samtun.directory.enums import Taxonomies
from samtun.directory.models import Service
from samtun.directory.queries import freshness
from samtun.directory.queries.freshness import COUNTRY, By, Freshness
from samtun.directory.queries.terms import terms
from samtun.documents.spreadsheets import Cell
from samtun.organisations.models import Municipality
from samtun.organisations.queries import municipality_names

TITLES = {
    "municipality": _("Municipality"),
    "organization": _("Organisation"),
    "need": _("Need"),
}
STATES = {
    "all": _("All that is published"),
    "due": _("What should be confirmed now"),
    "silent": _("Nobody answers"),
    "unkept": _("Nobody looks after it"),
    "never": _("Never confirmed"),
}
MOST_SHOWN = 40  # rows on the page; the files have all


@dataclass(frozen=True, slots=True)
class Row:
    """A municipality, organisation or need."""

    name: str
    key: str
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one kind, least fresh first; `hidden` of them are only in the files."""

    by: By
    rows: Sequence[Row]

    @property
    def title(self) -> str:
        """What the rows are."""
        return str(TITLES[self.by])

    @property
    def shown(self) -> Sequence[Row]:
        """What the page has room for."""
        return self.rows[:MOST_SHOWN]

    @property
    def hidden(self) -> int:
        """How many rows the page leaves out."""
        return len(self.rows) - len(self.shown)


def tables(entries: QuerySet[Service], places: Sequence[Municipality]) -> list[Table]:
    """By municipality, organisation and need; six queries, and one for names.

    With `places`, other municipalities that the entries happen to cover are left out.
    """
    return [_table(entries, kind, places) for kind in ("municipality", "organization", "need")]


def _table(entries: QuerySet[Service], kind: By, places: Sequence[Municipality]) -> Table:
    found = freshness.by(entries, kind)
    names = _names(kind, found.keys())
    wanted = {COUNTRY, *(place.number for place in places)}
    if kind == "municipality" and places:
        found = {key: each for key, each in found.items() if key in wanted}
    rows = [Row(names.get(key, key), key, each) for key, each in found.items()]
    return Table(kind, sorted(rows, key=_least_fresh_first))


def _least_fresh_first(row: Row) -> tuple[int, int, str]:
    return row.freshness.shares[1], -row.freshness.entries, row.name


def _names(kind: By, keys: object) -> dict[str, str]:
    if kind == "municipality":
        return {**municipality_names(), COUNTRY: gettext("The whole country")}
    if kind == "organization":
        return freshness.organization_names(keys)  # type: ignore[arg-type]
    labels = terms(Taxonomies.NEEDS, get_language() or "nb")
    return {code: term.label for code, term in labels.items()}


def map_of(table: Table, places: Sequence[Municipality]) -> Picture | None:
    """The municipalities as dots; those without any entry too."""
    found = {row.key: row.freshness for row in table.rows}
    nothing = Freshness()
    return picture(
        Spot(
            name=place.name,
            latitude=place.latitude,
            longitude=place.longitude,
            entries=found.get(place.number, nothing).entries,
            share=found.get(place.number, nothing).shares[1],
        )
        for place in places
    )


def headers() -> list[str]:
    """The columns of the files."""
    return [
        gettext("Sorted by"),
        gettext("Name"),
        gettext("Entries"),
        gettext("Confirmed within 90 days, per cent"),
        gettext("Confirmed within 180 days, per cent"),
        gettext("Confirmed within 365 days, per cent"),
        gettext("Never confirmed"),
        gettext("Days since confirmed, median"),
        gettext("Days from report to correction, median"),
    ]


def lines(overall: Freshness, found: Sequence[Table]) -> Iterator[list[Cell]]:
    """The rows of the files: all together first."""
    yield _line(gettext("All"), "", overall)
    for table in found:
        for row in table.rows:
            yield _line(table.title, row.name, row.freshness)


def _line(title: str, name: str, each: Freshness) -> list[Cell]:
    waited = None if each.days_to_correct is None else round(each.days_to_correct, 1)
    return [title, name, each.entries, *each.shares, each.never, each.median_age, waited]
