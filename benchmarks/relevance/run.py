"""Measures our search and the baselines by the judged queries and prints tables.

    python -m benchmarks.relevance.run [--failures]

`--failures` lists the worst queries of the tuning part. The held-out part is never shown by
query, so that nobody tunes on it.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from benchmarks.relevance import baselines, measures, ours
from benchmarks.relevance.judging import JudgedQuery, Part, read_queries
from benchmarks.relevance.offers import read_offers
from benchmarks.relevance.ours import Answer

OURS = "Samtun"
SYSTEMS = (OURS, "FTS5", "Tantivy")
WORST = 40


@dataclass(frozen=True, slots=True)
class Judged:
    """One query with the answer of each system."""

    query: JudgedQuery
    answers: dict[str, Answer]

    def ndcg(self, system: str) -> float:
        """nDCG@5 of a system's answer."""
        return measures.ndcg(self.answers[system].found, self.query.grades)

    def reciprocal_rank(self, system: str) -> float:
        """Reciprocal rank of a system's first good result."""
        return measures.reciprocal_rank(self.answers[system].found, self.query.grades)


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance.run")
    parser.add_argument("--failures", action="store_true", help="worst queries of the tuning part")
    chosen = parser.parse_args(arguments)
    judged = ask_all()
    answerable = [one for one in judged if one.query.grades]
    print_parts(answerable)
    print_by("kind", answerable, lambda query: query.kind)
    print_by("language", answerable, lambda query: query.language)
    print_unanswerable([one for one in judged if not one.query.grades])
    if chosen.failures:
        print_failures([one for one in judged if one.query.part == "tuning"])


def ask_all() -> list[Judged]:
    """Every judged query, asked of every system."""
    offers = read_offers()
    queries = [query for part in get_args(Part) for query in read_queries(part, offers)]
    texts = [query.query for query in queries]
    fts5, tantivy = baselines.sqlite_fts5(offers), baselines.tantivy_norwegian(offers)
    given = zip(queries, ours.answers(texts), map(fts5, texts), map(tantivy, texts), strict=True)
    return [
        Judged(query, {OURS: own, "FTS5": Answer(second), "Tantivy": Answer(third)})
        for query, own, second, third in given
    ]


def print_parts(judged: Sequence[Judged]) -> None:
    """The main table: each part, each system, each measure."""
    heads = f"{'nDCG@5':>8}{'±':>7}{'MRR':>8}{'nothing':>9}"
    print(f"{'relevance':12}{'queries':>8}  {'system':10}{heads}")
    for part in get_args(Part):
        of_part = [one for one in judged if one.query.part == part]
        for system in SYSTEMS:
            gains = [one.ndcg(system) for one in of_part]
            gain, margin = measures.mean(gains), measures.margin(gains)
            rank = measures.mean(one.reciprocal_rank(system) for one in of_part)
            nothing = measures.share(one.answers[system].is_empty for one in of_part)
            figures = f"{gain:8.3f}{margin:7.3f}{rank:8.3f}{nothing:9.1%}"
            print(f"{part:12}{len(of_part):8}  {system:10}{figures}")
    print()


def print_by(name: str, judged: Sequence[Judged], group: Callable[[JudgedQuery], str]) -> None:
    """nDCG@5 for each value of a grouping, tuning and held-out beside each other."""
    heads = "".join(f"{system:>9}" for system in SYSTEMS)
    print(f"nDCG@5 by {name:12}{'tuning':>8}{heads}{'held-out':>12}{heads}")
    for value in dict.fromkeys(group(one.query) for one in judged):
        cells = []
        for part in get_args(Part):
            chosen = [one for one in judged if (group(one.query), one.query.part) == (value, part)]
            gains = (measures.mean(one.ndcg(system) for one in chosen) for system in SYSTEMS)
            cells.append(f"{len(chosen):8}" + "".join(f"{gain:9.3f}" for gain in gains))
        print(f"  {value:20}" + "    ".join(cells))
    print()


def print_unanswerable(judged: Sequence[Judged]) -> None:
    """What is said where no offer is right: the less with confidence, the better."""
    confident = measures.share(_is_confident(one.answers[OURS]) for one in judged)
    print(f"no right answer: {len(judged)} queries; share that shows offers as if they were right")
    print(f"  {OURS:10}{confident:7.1%}   (not counted: read loosely, widened, or general help)")
    for system in SYSTEMS[1:]:
        shown = measures.share(bool(one.answers[system].found) for one in judged)
        print(f"  {system:10}{shown:7.1%}")
    print()


def _is_confident(answer: Answer) -> bool:
    return bool(answer.found) and answer.relaxed is None


def print_failures(judged: Sequence[Judged]) -> None:
    """The tuning queries that our search answers worst, with what came first."""
    print("worst of the tuning part: nDCG@5, query, then found (grade) and lacking")
    answerable = (one for one in judged if one.query.grades)
    for one in sorted(answerable, key=lambda one: one.ndcg(OURS))[:WORST]:
        answer, grades = one.answers[OURS], one.query.grades
        best = sorted(grades, key=lambda key: -grades[key])[: measures.DEPTH]
        print(f"{one.ndcg(OURS):.2f} {one.query.id} [{one.query.kind}] {one.query.query}")
        print(f"      found:   {_shown(answer, grades)}{_relaxed(answer)}")
        lacking = [key for key in best if key not in answer.found[: measures.DEPTH]]
        print(f"      lacking: {', '.join(lacking)}")
    print("tuning queries without a right answer, shown offers as if there were")
    for one in judged:
        if not one.query.grades and _is_confident(one.answers[OURS]):
            print(f"     {one.query.id} {one.query.query}: {_shown(one.answers[OURS], {})}")


def _shown(answer: Answer, grades: Mapping[str, int]) -> str:
    return ", ".join(f"{key} ({grades.get(key, 0)})" for key in answer.found[: measures.DEPTH])


def _relaxed(answer: Answer) -> str:
    return f"  [{answer.relaxed}]" if answer.relaxed else ""


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
