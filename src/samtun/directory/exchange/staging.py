"""A temporary SQLite file in which an import is made ready, so that memory stays bounded."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from samtun.directory.exchange.rows import Problem

_TABLES = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;
    CREATE TABLE staged (
        seq INTEGER PRIMARY KEY, tab TEXT NOT NULL, id TEXT, place TEXT NOT NULL,
        state INTEGER NOT NULL, made INTEGER NOT NULL DEFAULT 0,
        repeats INTEGER NOT NULL DEFAULT 0, ours INTEGER NOT NULL DEFAULT 1,
        data TEXT
    );
    CREATE UNIQUE INDEX staged_once ON staged (tab, id) WHERE state < 2;
    CREATE INDEX staged_order ON staged (tab, seq);
    CREATE INDEX staged_others ON staged (tab, id) WHERE ours = 0;
    CREATE TABLE note (seq INTEGER NOT NULL, code TEXT NOT NULL, words TEXT NOT NULL);
    CREATE INDEX note_row ON note (seq);
    CREATE TABLE alias (tab TEXT, old TEXT, new TEXT, PRIMARY KEY (tab, old)) WITHOUT ROWID;
"""


class State(IntEnum):
    """How a row ends."""

    IMPORTED = 0
    REPAIRED = 1
    REFUSED = 2


class Staged(NamedTuple):
    """A row made ready: `data` by the model's column names."""

    seq: int
    id: str
    data: dict[str, Any]


class Staging:
    """Rows of one import with their outcome; the set-based questions are asked in SQL."""

    def __init__(self, folder: Path) -> None:
        self.sql = sqlite3.connect(folder / "staging.sqlite3", isolation_level=None)
        self.sql.executescript(_TABLES)
        self.sql.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        self.sql.close()

    def add(
        self,
        table: str,
        place: str,
        identifier: str | None,
        data: Mapping[str, Any],
        *,
        repairs: Iterable[Problem] = (),
        made: bool = False,
        repeats: bool = False,
    ) -> int | None:
        """Put a row in; None when the table already has one with that identifier."""
        mended = list(repairs)
        state = State.REPAIRED if mended else State.IMPORTED
        done = self.sql.execute(
            "INSERT INTO staged (tab, id, place, state, made, repeats, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (table, identifier, place, state, made, repeats, orjson.dumps(data).decode()),
        )
        if not done.rowcount or done.lastrowid is None:
            return None
        for problem in mended:
            self._note(done.lastrowid, problem)
        return done.lastrowid

    def add_refused(
        self, table: str, place: str, identifier: str | None, reasons: Iterable[Problem]
    ) -> None:
        """Put in a row that is refused at once, with why."""
        done = self.sql.execute(
            "INSERT INTO staged (tab, id, place, state) VALUES (?, ?, ?, ?)",
            (table, identifier, place, State.REFUSED),
        )
        for reason in reasons:
            self._note(done.lastrowid or 0, reason)

    def find(self, table: str, identifier: str) -> Staged | None:
        """The row that stands under an identifier."""
        row = self.sql.execute(
            "SELECT seq, id, data FROM staged WHERE tab = ? AND id = ? AND state < 2",
            (table, identifier),
        ).fetchone()
        return Staged(row[0], row[1], orjson.loads(row[2])) if row else None

    def is_repeated(self, seq: int, *, settle: bool) -> bool:
        """Whether row `seq` was only shown inside others yet; with `settle`, no longer so."""
        found = self.sql.execute("SELECT repeats FROM staged WHERE seq = ?", (seq,)).fetchone()
        if settle:
            self.sql.execute("UPDATE staged SET repeats = 0 WHERE seq = ?", (seq,))
        return bool(found[0])

    def place(self, seq: int) -> str:
        """Where row `seq` was found."""
        found = self.sql.execute("SELECT place FROM staged WHERE seq = ?", (seq,)).fetchone()
        return str(found[0])

    def replace(self, seq: int, data: Mapping[str, Any]) -> None:
        """Put new values in a row, without a note."""
        self.sql.execute(
            "UPDATE staged SET data = ? WHERE seq = ?", (orjson.dumps(data).decode(), seq)
        )

    def change(self, seq: int, **values: object) -> None:
        """Set single values of a row, without a note."""
        row = self.sql.execute("SELECT data FROM staged WHERE seq = ?", (seq,)).fetchone()
        self.replace(seq, orjson.loads(row[0]) | values)

    def repair(self, seq: int, problem: Problem, **values: object) -> None:
        """Mend a row: set `values` and note why."""
        if values:
            self.change(seq, **values)
        self.sql.execute(
            "UPDATE staged SET state = ? WHERE seq = ? AND state = ?",
            (State.REPAIRED, seq, State.IMPORTED),
        )
        self._note(seq, problem)

    def refuse(self, seq: int, problem: Problem) -> None:
        """Take a row out, with why."""
        self.sql.execute("UPDATE staged SET state = ? WHERE seq = ?", (State.REFUSED, seq))
        self._note(seq, problem)

    def batches(self, table: str, size: int = 500, *, where: str = "1") -> Iterator[list[Staged]]:
        """The accepted rows of a table in order; rows may be changed meanwhile."""
        last = -1
        while True:
            found = self.sql.execute(  # the plus keeps the planner on the index by order
                "SELECT seq, id, data FROM staged WHERE tab = ? AND seq > ? AND +state < 2"  # noqa: S608 (`where` is written in this package)
                f" AND {where} ORDER BY seq LIMIT ?",
                (table, last, size),
            ).fetchall()
            if not found:
                return
            last = found[-1][0]
            yield [Staged(seq, key, orjson.loads(data)) for seq, key, data in found]

    def count(self, table: str) -> int:
        """How many rows of a table stand."""
        found = self.sql.execute(
            "SELECT count(*) FROM staged WHERE tab = ? AND state < 2", (table,)
        ).fetchone()
        return int(found[0])

    def named(self, table: str, identifiers: Iterable[str], *, standing: bool) -> set[str]:
        """Those of `identifiers` that the table has; with `standing`, only accepted rows."""
        condition = "AND state < 2" if standing else ""
        found = self.sql.execute(
            "SELECT id FROM staged WHERE tab = ? AND id IN (SELECT value FROM json_each(?))"  # noqa: S608 (constant)
            f" {condition}",
            (table, orjson.dumps(list(identifiers)).decode()),
        )
        return {str(row[0]) for row in found}

    def _note(self, seq: int, problem: Problem) -> None:
        self.sql.execute(
            "INSERT INTO note VALUES (?, ?, ?)",
            (seq, problem.code, orjson.dumps(dict(problem.words), default=str).decode()),
        )
