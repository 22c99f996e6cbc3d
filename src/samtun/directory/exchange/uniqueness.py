"""What may stand only once, settled before the database would object."""

from samtun.directory.exchange.rows import Problem
from samtun.directory.exchange.staging import Staging

# Two of a kind in one of these say the same thing twice.
_PAIRS = {
    "service_at_location": ("service_id", "location_id"),
    "service_area": ("service_id", "municipality_id"),
    "attribute": ("service_id", "taxonomy_term_id"),
}


def settle(staging: Staging, table: str) -> None:
    """Refuse what stands twice; links to it will lead to its twin."""
    if table == "taxonomy_term":
        _number_codes(staging)
    if table not in _PAIRS:
        return
    for seq, key, first, place in _twins(staging, table, *_PAIRS[table]):
        staging.refuse(seq, Problem("twin", {"place": place}))
        staging.sql.execute("INSERT OR REPLACE INTO alias VALUES (?, ?, ?)", (table, key, first))


def _twins(staging: Staging, table: str, one: str, other: str) -> list[tuple[int, str, str, str]]:
    found = staging.sql.execute(
        f"""
        SELECT seq, id, first, first_place FROM (
            SELECT seq, id, place,
                first_value(id) OVER pair AS first, first_value(place) OVER pair AS first_place,
                row_number() OVER pair AS number
            FROM staged WHERE tab = ? AND state < 2
                AND json_extract(data, '$.{one}') IS NOT NULL
                AND json_extract(data, '$.{other}') IS NOT NULL
            WINDOW pair AS (PARTITION BY json_extract(data, '$.{one}'),
                json_extract(data, '$.{other}') ORDER BY seq)
        ) WHERE number > 1
        """,  # noqa: S608 (names of this package)
        (table,),
    )
    return found.fetchall()


def _number_codes(staging: Staging) -> None:
    """Two terms of a taxonomy with one code: the later gets a number after it."""
    for seq, _key, _first, place in _twins(staging, "taxonomy_term", "taxonomy_id", "code"):
        row = staging.sql.execute(
            "SELECT json_extract(data, '$.code'), id FROM staged WHERE seq = ?", (seq,)
        ).fetchone()
        code = f"{row[0][:180]}-{row[1][:8]}"
        words = {"column": "code", "before": row[0], "after": code, "place": place}
        staging.repair(seq, Problem("code_taken", words), code=code)
