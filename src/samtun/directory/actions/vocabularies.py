"""Loading the taxonomies that come with Samtun; an installation may add terms of its own."""

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from samtun.directory.enums import Taxonomies
from samtun.directory.models import Taxonomy, TaxonomyTerm
from samtun.organisations.identifiers import derived_id
from samtun.organisations.reference import rows

_FOLDER = Path(__file__).parent.parent / "data"


def term_id(taxonomy: str, code: str) -> str:
    """The identifier of a term, the same in every installation."""
    return str(derived_id("taxonomy-term", taxonomy, code))


@transaction.atomic
def load_vocabularies() -> None:
    """Fill or renew needs and target groups from the package's tables; safe to repeat."""
    load_terms(Taxonomies.NEEDS, rows(_FOLDER / "needs.tsv"))
    load_terms(Taxonomies.TARGET_GROUPS, rows(_FOLDER / "target_groups.tsv"))


class VocabularyError(Exception):
    """A table of terms that cannot be loaded; the text says why."""


@transaction.atomic
def load_terms(taxonomy: Taxonomies, terms: Iterable[dict[str, str]]) -> int:
    """Add or renew terms; returns how many.

    Each row has `code`, `nb`, `nn`, `en` and may have `parent` (a code that stands before it or
    is loaded already), `facet` and `uri`. Terms that are not named stay as they are.

    Raises:
        VocabularyError: a column is missing or a parent is unknown; nothing is changed.
    """
    terms = list(terms)
    _check(taxonomy, terms)
    home, _ = Taxonomy.objects.update_or_create(
        id=derived_id("taxonomy", taxonomy),
        defaults={"slug": taxonomy, "name": str(taxonomy.label), "description": _ABOUT[taxonomy]},
    )
    made = [_term(home, taxonomy, position, row) for position, row in enumerate(terms)]
    TaxonomyTerm.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["code", "name", "names", "description", "facet", "term_uri", "position"],
    )
    TaxonomyTerm.objects.bulk_update(made, ["parent"], batch_size=500)
    return len(made)


def _check(taxonomy: Taxonomies, terms: list[dict[str, str]]) -> None:
    lacking = {"code", "nb"} - set(terms[0] if terms else {})
    if lacking:
        raise VocabularyError(f"The table lacks {', '.join(sorted(lacking))}.")
    stored = TaxonomyTerm.objects.filter(taxonomy__slug=taxonomy).values_list("code", flat=True)
    known = {"", *stored, *(row["code"] for row in terms)}
    unknown = sorted({row.get("parent") or "" for row in terms} - known)
    if unknown:
        raise VocabularyError(f"The table names parents that do not exist: {', '.join(unknown)}.")


_ABOUT = {
    Taxonomies.NEEDS: "What the help is about, in two levels.",
    Taxonomies.TARGET_GROUPS: "Whom the help is especially for: roles and life situations.",
    Taxonomies.LOS: "Subject words of the Norwegian public sector (Digdir).",
}


def _term(home: Taxonomy, taxonomy: str, position: int, row: dict[str, str]) -> TaxonomyTerm:
    parent = row.get("parent", "")
    return TaxonomyTerm(
        id=term_id(taxonomy, row["code"]),
        taxonomy=home,
        code=row["code"],
        name=row["nb"],
        names={code: row[code] for code in ("nn", "en") if row.get(code)},
        description=row["nb"],
        parent_id=term_id(taxonomy, parent) if parent else None,
        facet=row.get("facet", ""),
        term_uri=row.get("uri", ""),
        position=position,
    )
