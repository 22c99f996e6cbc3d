"""LOS, the subject words of the Norwegian public sector, from its SKOS file (RDF/XML)."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from samtun.directory.actions.vocabularies import load_terms
from samtun.directory.enums import Taxonomies
from samtun.directory.exchange.errors import ExchangeError

BASE = "https://psi.norge.no/los/"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SKOS = "{http://www.w3.org/2004/02/skos/core#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
_LARGEST = 50_000_000  # bytes; LOS is one million
_NO_LABEL = frozenset({"", "*", "-"})  # LOS writes "*" for a label not yet made


def load_los(path: Path) -> int:
    """Load or renew the LOS taxonomy from its RDF file; returns how many terms.

    Safe to repeat. A term's code is the end of its address, e.g. "ord/omsorgsstonad".

    Raises:
        ExchangeError: when the file is not RDF/XML with SKOS concepts.
    """
    concepts = list(_concepts(path))
    if not concepts:
        raise ExchangeError("no_los", file=path.name)
    return load_terms(Taxonomies.LOS, _parents_first(concepts))


def _concepts(path: Path) -> Iterator[dict[str, str]]:
    for node in _root(path).iter(f"{_RDF}Description"):
        address = node.get(f"{_RDF}about", "")
        kinds = {kind.get(f"{_RDF}resource") for kind in node.iter(f"{_RDF}type")}
        if _CONCEPT in kinds and address.startswith(BASE):
            labels = _labels(node)
            if name := labels.get("nb") or labels.get("nn") or labels.get("en"):
                yield {
                    **labels,
                    "nb": name,
                    "code": address.removeprefix(BASE),
                    "uri": address,
                    "parent": _parent(node),
                }


def _labels(node: ElementTree.Element) -> dict[str, str]:
    found = {
        label.get(_LANGUAGE, ""): re.sub(r"\s+", " ", label.text or "").strip()
        for label in node.iter(f"{_SKOS}prefLabel")
    }
    return {code: text for code, text in found.items() if code and text not in _NO_LABEL}


def _parent(node: ElementTree.Element) -> str:
    """The first of the broader concepts; LOS gives some words two, a tree has room for one."""
    broader = sorted(
        address.removeprefix(BASE)
        for link in node.iter(f"{_SKOS}broader")
        if (address := link.get(f"{_RDF}resource", "")).startswith(BASE)
    )
    return broader[0] if broader else ""


def _parents_first(concepts: list[dict[str, str]]) -> list[dict[str, str]]:
    """In order of the tree; a parent that is not a concept, or a circle, is let go."""
    known = {concept["code"]: concept for concept in concepts}
    placed: dict[str, dict[str, str]] = {}

    def place(concept: dict[str, str], below: frozenset[str]) -> None:
        parent = concept["parent"]
        if parent not in known or parent in below:
            concept = {**concept, "parent": ""}
        elif parent not in placed:
            place(known[parent], below | {concept["code"]})
        placed.setdefault(concept["code"], concept)

    for code in sorted(known):
        place(known[code], frozenset({code}))
    return list(placed.values())


def _root(path: Path) -> ElementTree.Element:
    """The document, refused when it declares entities: they can blow up or fetch files."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ExchangeError("file_too_large", file=path.name, maximum=_LARGEST)
        text = path.read_bytes()
        _forbid_declarations(text)
        return ElementTree.fromstring(text)  # noqa: S314 (no document type gets this far)
    except OSError as error:
        raise ExchangeError("system_refused", file=path, reason=error.strerror) from error
    except (ElementTree.ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise ExchangeError("cannot_read", file=path.name, reason=error) from error


def _forbid_declarations(text: bytes) -> None:
    parser = expat.ParserCreate()

    def forbid(*_declaration: object) -> None:
        raise ExchangeError("doctype")

    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    parser.Parse(text, True)  # noqa: FBT003 (the last part of the text)
