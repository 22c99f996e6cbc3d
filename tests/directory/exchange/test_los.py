"""LOS, the subject words of the public sector."""

from pathlib import Path

import pytest

from samtun.directory.exchange import ExchangeError, load_los
from samtun.directory.models import TaxonomyTerm

HEAD = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
)


def concept(code: str, name: str, broader: str = "") -> str:
    """A concept of LOS."""
    above = f'<skos:broader rdf:resource="https://psi.norge.no/los/{broader}"/>' if broader else ""
    return (
        f'<rdf:Description rdf:about="https://psi.norge.no/los/{code}">'
        '<rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>'
        f'<skos:prefLabel xml:lang="nb">{name}</skos:prefLabel>'
        f'<skos:prefLabel xml:lang="nn">{name} nn</skos:prefLabel>'
        f'<skos:prefLabel xml:lang="en">*</skos:prefLabel>{above}</rdf:Description>'
    )


def written(path: Path, *concepts: str) -> Path:
    """An RDF file of those concepts."""
    file = path / "los.rdf"
    file.write_text(f"{HEAD}{''.join(concepts)}</rdf:RDF>", encoding="utf-8")
    return file


@pytest.mark.django_db
def test_words_come_with_their_themes(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        concept("ord/avlastning", "Avlastning", "tema/omsorg"),
        concept("tema/omsorg", "Omsorg"),
    )
    assert load_los(path) == 2
    word = TaxonomyTerm.objects.get(code="ord/avlastning")
    assert word.parent == TaxonomyTerm.objects.get(name="Omsorg")
    assert word.names == {"nn": "Avlastning nn"}
    assert word.term_uri == "https://psi.norge.no/los/ord/avlastning"


@pytest.mark.django_db
def test_loading_again_renews(tmp_path: Path) -> None:
    load_los(written(tmp_path, concept("ord/a", "Gammel")))
    load_los(written(tmp_path, concept("ord/a", "Ny")))
    assert TaxonomyTerm.objects.get().name == "Ny"


@pytest.mark.django_db
def test_a_circle_of_themes_is_let_go(tmp_path: Path) -> None:
    path = written(tmp_path, concept("a", "A", "b"), concept("b", "B", "a"))
    load_los(path)
    assert TaxonomyTerm.objects.filter(parent=None).count() == 1


@pytest.mark.parametrize(
    "text",
    ["", "hello", "<a>", "<a/>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
)
def test_what_is_no_los_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "los.rdf"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError):
        load_los(path)


@pytest.mark.standards
@pytest.mark.django_db
def test_all_of_los_is_loaded(standards: Path) -> None:
    assert load_los(standards / "los" / "los.rdf") == 526
    assert TaxonomyTerm.objects.get(code="ord/omsorgsstonad").names["en"]
