"""From a judge's short notes to a grade for every offer.

A note is a row of rules between spaces; README.md says it with examples:

    need:dagtilbud=3            every offer with that need gets 3 (2, 1, 0)
    need:dagtilbud&everyone=2   both must hold; `!` turns one around; `,` means any of them
    temakafe-fagernes=3         the judge's own grade for that offer; the last one stands
    !covers:3454<=1             at most 1 for offers that do not cover the municipality
    @respite-adult              what the rules of that topic in topics.tsv give

The highest grade of rules and topics stands; a grade given to an offer by its key goes before
them; caps come last. What no rule reaches is 0.
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks.relevance.offers import Offer

HERE = Path(__file__).parent
Part = Literal["tuning", "held_out"]
FILES: dict[Part, Path] = {"tuning": HERE / "queries.tsv", "held_out": HERE / "held_out.tsv"}

_RULE = re.compile(r"(?P<who>[^=<]+)(?P<sign>=|<=)(?P<grade>[0-3])")
_FLAGS: dict[str, Callable[[Offer], bool]] = {
    "everyone": lambda offer: offer.is_for_everyone,
    "children": lambda offer: offer.for_children,
    "free": lambda offer: offer.is_free,
    "urgent": lambda offer: offer.is_urgent,
    "national": lambda offer: "country" in offer.covers,
}
_FIELDS: dict[str, Callable[[Offer, str], bool]] = {
    "need": lambda offer, value: value in offer.needs,
    "group": lambda offer, value: value in offer.groups,
    "covers": lambda offer, value: value in offer.covers,
    "meets": lambda offer, value: value in offer.meeting,
    "age": lambda offer, value: offer.takes_age(int(value)),
}


class NoteError(ValueError):
    """A judge's note that says nothing: misspelt key, need or grade."""


@dataclass(slots=True)
class _Verdict:
    ruled: dict[str, int] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
    caps: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and its grades by offer key; only grades above 0 are kept."""

    id: str
    part: Part
    kind: str
    language: str
    query: str
    grades: Mapping[str, int]


def read_topics(path: Path = HERE / "topics.tsv") -> dict[str, str]:
    """The rules of each topic by its key."""
    return {row["topic"]: row["judgements"] for row in _rows(path)}


def read_queries(part: Part, offers: Mapping[str, Offer]) -> list[JudgedQuery]:
    """The judged queries of one part."""
    topics = read_topics()
    return [
        JudgedQuery(
            row["id"], part, row["kind"], row["language"], row["query"],
            grades(row["judgements"], offers, topics),
        )
        for row in _rows(FILES[part])
    ]  # fmt: skip


def grades(note: str, offers: Mapping[str, Offer], topics: Mapping[str, str]) -> dict[str, int]:
    """The grade of every offer the note reaches.

    Raises:
        NoteError: a rule cannot be read, or names what does not exist.
    """
    verdict = _Verdict()
    for rule in note.split():
        if rule.startswith("@"):
            _add_topic(verdict, rule[1:], offers, topics)
            continue
        match = _RULE.fullmatch(rule)
        if not match:
            raise NoteError(f"cannot read {rule!r}")
        _apply(verdict, match["who"], match["sign"], int(match["grade"]), offers)
    given = verdict.ruled | verdict.named
    capped = {key: min(grade, verdict.caps.get(key, 3)) for key, grade in given.items()}
    return {key: grade for key, grade in capped.items() if grade}


def _add_topic(
    verdict: _Verdict, topic: str, offers: Mapping[str, Offer], topics: Mapping[str, str]
) -> None:
    """A topic counts as one rule; of several topics the kinder one stands."""
    if topic not in topics:
        raise NoteError(f"no topic {topic!r}")
    for key, grade in grades(topics[topic], offers, {}).items():
        verdict.ruled[key] = max(grade, verdict.ruled.get(key, 0))


def _apply(verdict: _Verdict, who: str, sign: str, grade: int, offers: Mapping[str, Offer]) -> None:
    chosen = _chosen(who, offers)
    if not chosen:
        raise NoteError(f"{who!r} means no offer")
    if sign == "<=":
        for key in chosen:
            verdict.caps[key] = min(grade, verdict.caps.get(key, 3))
    elif _is_key(who):
        verdict.named |= dict.fromkeys(chosen, grade)
    else:
        for key in chosen:
            verdict.ruled[key] = max(grade, verdict.ruled.get(key, 0))


def _is_key(who: str) -> bool:
    return not ({":", "&", "!"} & set(who)) and who not in _FLAGS


def _chosen(who: str, offers: Mapping[str, Offer]) -> list[str]:
    if not _is_key(who):
        conditions = [_condition(word) for word in who.split("&")]
        return [key for key, offer in offers.items() if all(holds(offer) for holds in conditions)]
    keys = who.split(",")
    if unknown := [key for key in keys if key not in offers]:
        raise NoteError(f"no offer {unknown}")
    return keys


def _condition(word: str) -> Callable[[Offer], bool]:
    if word.startswith("!"):
        holds = _condition(word[1:])
        return lambda offer: not holds(offer)
    if word in _FLAGS:
        return _FLAGS[word]
    name, _, values = word.partition(":")
    if name not in _FIELDS:
        raise NoteError(f"no condition {word!r}")
    has = _FIELDS[name]
    return lambda offer: any(has(offer, value) for value in values.split(","))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
