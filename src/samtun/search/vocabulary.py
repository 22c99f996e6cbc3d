"""What words mean here: needs, target groups, places and the thesaurus, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from samtun.search.tables import Row, packaged_table, table_in

THESAURUS_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A need or a target group, with its label per language."""

    id: str
    labels: Mapping[str, str]
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality by its number, with all its names, Sami and Kven too."""

    number: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostalCode:
    """A postal code, the place it belongs to and the number of the municipality."""

    code: str
    place: str
    municipality: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Everything a question is understood with. Compared by identity."""

    needs: tuple[Term, ...] = ()
    target_groups: tuple[Term, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    postal_codes: tuple[PostalCode, ...] = ()
    extra_thesaurus: tuple[Row, ...] = field(default=())

    def with_thesaurus(self, *, paths: Iterable[Path] = (), rows: Iterable[Row] = ()) -> Self:
        """This vocabulary with an installation's own rows: phrase, language, gives."""
        added = [row for path in paths for row in table_in(path, THESAURUS_COLUMNS)]
        return type(self)(
            self.needs,
            self.target_groups,
            self.municipalities,
            self.postal_codes,
            (*self.extra_thesaurus, *added, *rows),
        )

    @cached_property
    def thesaurus_rows(self) -> tuple[Row, ...]:
        """The packaged thesaurus, then the installation's own."""
        return (*packaged_table("thesaurus.tsv", THESAURUS_COLUMNS), *self.extra_thesaurus)

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The needs under each parent need."""
        under: dict[str, tuple[str, ...]] = {}
        for need in self.needs:
            if need.parent:
                under[need.parent] = (*under.get(need.parent, ()), need.id)
        return under

    @cached_property
    def parents(self) -> dict[str, str]:
        """The parent of each need that has one."""
        return {need.id: need.parent for need in self.needs if need.parent}

    def as_data(self) -> dict[str, Any]:
        """Plain lists, to be kept beside the index."""
        return {
            "needs": [[term.id, dict(term.labels), term.parent] for term in self.needs],
            "target_groups": [[t.id, dict(t.labels), t.parent] for t in self.target_groups],
            "municipalities": [[place.number, *place.names] for place in self.municipalities],
            "postal_codes": [[p.code, p.place, p.municipality] for p in self.postal_codes],
            "extra_thesaurus": [list(row) for row in self.extra_thesaurus],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """What `as_data` gave."""
        return cls(
            needs=tuple(Term(*row) for row in data["needs"]),
            target_groups=tuple(Term(*row) for row in data["target_groups"]),
            municipalities=tuple(
                Municipality(number, tuple(names)) for number, *names in data["municipalities"]
            ),
            postal_codes=tuple(PostalCode(*row) for row in data["postal_codes"]),
            extra_thesaurus=tuple(tuple(row) for row in data["extra_thesaurus"]),
        )
