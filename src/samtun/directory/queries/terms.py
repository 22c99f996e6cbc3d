"""Needs and target groups with their labels: small, read once a minute."""

from dataclasses import dataclass

from samtun.directory.enums import Taxonomies
from samtun.directory.models import TaxonomyTerm
from samtun.organisations.recent import for_a_minute


@dataclass(frozen=True, slots=True)
class TermLabel:
    """A term as a visitor of one language sees it."""

    code: str
    label: str
    parent: str  # code, or empty at the top
    facet: str  # target groups: rolle | situasjon


@for_a_minute
def terms(taxonomy: Taxonomies, language: str) -> dict[str, TermLabel]:
    """The terms of `taxonomy` by code, in the order people should meet them."""
    found = TaxonomyTerm.objects.filter(taxonomy__slug=taxonomy).select_related("parent")
    return {
        term.code: TermLabel(
            code=term.code,
            label=term.label(language).value,
            parent=term.parent.code if term.parent else "",
            facet=term.facet,
        )
        for term in found.order_by("position", "code")
    }


def top_needs(language: str) -> list[TermLabel]:
    """The needs of the first level."""
    return [term for term in terms(Taxonomies.NEEDS, language).values() if not term.parent]


def needs_below(code: str, language: str) -> list[TermLabel]:
    """The needs under the need `code`."""
    return [term for term in terms(Taxonomies.NEEDS, language).values() if term.parent == code]
