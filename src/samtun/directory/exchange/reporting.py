"""What became of every row, in sums and row by row."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TextIO

import orjson

from samtun.directory.exchange.applying import Changes
from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.messages import said
from samtun.directory.exchange.rows import Problem
from samtun.directory.exchange.staging import Staging, State

_MOST_PROBLEMS = 200  # in memory; the report file has all


class Outcome(NamedTuple):
    """How one row ended."""

    state: State
    table: str
    place: str
    id: str
    problems: tuple[Problem, ...]

    @property
    def why(self) -> str:
        """The reasons in the active language."""
        return " ".join(said(problem) for problem in self.problems)


@dataclass
class Rows:
    """How many rows of a table were read and how they ended."""

    imported: int = 0
    repaired: int = 0
    refused: int = 0

    @property
    def read(self) -> int:
        """All of them."""
        return self.imported + self.repaired + self.refused


@dataclass
class Report:
    """The result of an import, or with `dry_run` of what one would do."""

    source: str
    dry_run: bool
    rows: dict[str, Rows] = field(default_factory=dict)
    changes: dict[str, Changes] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)
    problems: list[Outcome] = field(default_factory=list)  # the first of them, refused ones first

    @property
    def is_usable(self) -> bool:
        """Whether anything was fit for use."""
        return any(rows.imported + rows.repaired for rows in self.rows.values())

    @property
    def has_changes(self) -> bool:
        """Whether the database is changed by it."""
        return any(one.added + one.changed + one.gone for one in self.changes.values())

    def total(self) -> Rows:
        """The sums over all tables."""
        every = self.rows.values()
        return Rows(
            imported=sum(rows.imported for rows in every),
            repaired=sum(rows.repaired for rows in every),
            refused=sum(rows.refused for rows in every),
        )

    def total_changes(self) -> Changes:
        """The sums over all tables."""
        every = self.changes.values()
        return Changes(
            added=sum(one.added for one in every),
            changed=sum(one.changed for one in every),
            unchanged=sum(one.unchanged for one in every),
            gone=sum(one.gone for one in every),
        )


def sum_up(report: Report, staging: Staging) -> None:
    """Fill in `rows` and `problems`."""
    found = staging.sql.execute(
        "SELECT tab, state, count(*) FROM staged WHERE made = 0 GROUP BY tab, state ORDER BY tab"
    )
    for table, state, count in found:
        rows = report.rows.setdefault(table, Rows())
        setattr(rows, State(state).name.lower(), count)
    for state in (State.REFUSED, State.REPAIRED):
        for outcome in outcomes(staging, state):
            if len(report.problems) >= _MOST_PROBLEMS:
                return
            report.problems.append(outcome)


def outcomes(staging: Staging, state: State | None = None) -> Iterator[Outcome]:
    """Every row of the input, in the order read, with its notes."""
    condition = "" if state is None else f"AND staged.state = {int(state)}"
    found = staging.sql.execute(
        "SELECT state, tab, place, id, (SELECT json_group_array(json_array(code, json(words)))"  # noqa: S608 (a number)
        f" FROM note WHERE note.seq = staged.seq) FROM staged WHERE made = 0 {condition}"
        " ORDER BY staged.seq"
    )
    for number, table, place, key, notes in found:
        problems = tuple(Problem(code, words) for code, words in orjson.loads(notes))
        yield Outcome(State(number), table, place, key or "", problems)


def write(path: Path, staging: Staging) -> None:
    """Write every row's outcome to `path`: JSON lines for .json or .ndjson, else CSV.

    Raises:
        ExchangeError: when the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            if path.suffix.lower() in {".json", ".ndjson", ".jsonl"}:
                _write_json(stream, staging, as_array=path.suffix.lower() == ".json")
            else:
                _write_csv(stream, staging)
    except OSError as error:
        raise ExchangeError("system_refused", file=path, reason=error.strerror) from error


def _write_csv(stream: TextIO, staging: Staging) -> None:
    writer = csv.writer(stream)
    writer.writerow(["outcome", "table", "place", "id", "codes", "why"])
    for one in outcomes(staging):
        codes = " ".join(problem.code for problem in one.problems)
        cells = [one.state.name.lower(), one.table, one.place, one.id, codes, one.why]
        writer.writerow([_harmless(cell) for cell in cells])


def _harmless(cell: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


def _write_json(stream: TextIO, staging: Staging, *, as_array: bool) -> None:
    between = "[\n" if as_array else ""
    for one in outcomes(staging):
        record = {
            "outcome": one.state.name.lower(),
            "table": one.table,
            "place": one.place,
            "id": one.id,
            "problems": [
                {"code": p.code, "words": dict(p.words), "why": said(p)} for p in one.problems
            ],
        }
        stream.write(between + orjson.dumps(record).decode())
        between = ",\n" if as_array else "\n"
    stream.write(("\n]\n" if between != "[\n" else "[]\n") if as_array else "\n")
