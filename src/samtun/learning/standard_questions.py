"""Questions that a mapping can begin with."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "needs_questions.toml"


@cache
def standard_questions() -> tuple[dict[str, Any], ...]:
    """What `Survey.questions` holds, in three languages; see `models.survey`."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["question"]
    return tuple(
        {
            "key": row["key"],
            "kind": row["kind"],
            "text": row["text"],
            "options": row.get("option", []),
        }
        for row in rows
    )
