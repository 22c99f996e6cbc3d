"""Numbers to call when somebody is in danger, and noticing that somebody may be.

The numbers are in `crisis_lines.toml`, each with the page it was read on. Noticing never depends
on the search index: a few plain words are looked for here too.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from samtun.organisations.texts import in_language
from samtun.search import Understanding

_FILE = Path(__file__).parent / "crisis_lines.toml"
_LINES: list[dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["line"]
_SURE = 0.5  # how strongly a question must be read as being about a need or situation


class Danger(StrEnum):
    """What somebody may be in the middle of."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    CHILD = "child"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A number to call, in the reader's language."""

    key: str
    name: str
    number: str
    tel: str
    audience: str
    open: str


_CALL = {
    Danger.CHILD: ("alarmtelefonen", "politiet", "medisinsk-nodtelefon"),
    Danger.SUICIDE: ("medisinsk-nodtelefon", "mental-helse", "kirkens-sos"),
    Danger.VIOLENCE: ("politiet", "vo-linjen"),
    Danger.URGENT: ("medisinsk-nodtelefon", "legevakt"),
}
_WORDS = {
    Danger.SUICIDE: re.compile(
        r"s(?:el|jøl)vmord|s(?:el|jøl)vskad|suicid|ta(?:r)? livet (?:av|mitt|sitt|hans|hennes)|"
        r"ork(?:er|ar) ikk(?:j?e) (?:å )?leve|vil ikk(?:j?e) leve|vil døy?\b|"
        r"kill (?:my|him|her)self|"
        r"(?:want|wants) to die|end (?:my|his|her) life"
    ),
    Danger.VIOLENCE: re.compile(
        r"\bvold\b|voldelig|\bvald\b|valdeleg|voldt|valdt|overgrep|mishand|misbruk(?:er|ar) meg|"
        r"\bslår\b|\bslo\b|\bbank(?:er|ar) (?:meg|mamma|opp|oss)|\btru(?:er|gar)\b|kvel(?:er|te)|"
        r"\bdrepe?\b|violen|abus|\bhits?\b|\bbeats?\b|\brape|threaten"
    ),
    Danger.CHILD: re.compile(
        r"(?:redd|rædd) (?:for|hjemme|heime|pappa|mamma|når)|"
        r"(?:pappa|mamma|mor|far|stefar|stefaren|onkel)\b.{0,20}(?:slår|slo|skriker|tar på|tek på)|"
        r"(?:aleine|alene) heile? natt|(?:scared|afraid) (?:of|at home)|my (?:dad|mum) hits"
    ),
}
_TERMS = {
    "vold-krisesenter": Danger.VIOLENCE,
    "vold": Danger.VIOLENCE,
    "selvmord": Danger.SUICIDE,
    "krise-akutt": Danger.URGENT,
    "krise": Danger.URGENT,
}


def dangers(text: str, meant: Understanding | None, chosen: Iterable[str] = ()) -> list[Danger]:
    """What may be going on with somebody who asks `text` or chooses the terms `chosen`.

    The most pressing comes first.
    """
    lowered = text.casefold()
    found = {danger for danger, words in _WORDS.items() if words.search(lowered)}
    found |= {_TERMS[term] for term in chosen if term in _TERMS}
    if meant:
        read = {**meant.needs, **meant.target_groups}
        found |= {_TERMS[term] for term in _TERMS if read.get(term, 0) >= _SURE}
        if meant.urgent:
            found.add(Danger.URGENT)
        if meant.from_child and found:
            found.add(Danger.CHILD)
    return [danger for danger in _CALL if danger in found]


def lines_for(found: Sequence[Danger], language: str) -> list[CrisisLine]:
    """The numbers that fit, each once, at most four: a frightened reader needs few."""
    keys = list(dict.fromkeys(key for danger in found for key in _CALL[danger]))[:4]
    by_key = {line["key"]: line for line in _LINES}
    return [_line(by_key[key], language) for key in keys]


def all_lines(language: str) -> list[CrisisLine]:
    """Every verified number."""
    return [_line(line, language) for line in _LINES]


def children_lines(language: str) -> list[CrisisLine]:
    """The numbers for children and young people, theirs first."""
    return lines_for([Danger.CHILD], language)


def _line(line: dict[str, Any], language: str) -> CrisisLine:
    return CrisisLine(
        key=line["key"],
        name=in_language(line["name"], language).value,
        number=line["number"],
        tel=line["tel"],
        audience=in_language(line["audience"], language).value,
        open=in_language(line.get("open", {}), language).value,
    )
