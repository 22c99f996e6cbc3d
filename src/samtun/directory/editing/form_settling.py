"""What two people wrote about the same thing, settled by whoever came second."""

from typing import Any, cast

from samtun.directory.editing.document import PARTS, Document


def taken(key: str, *, theirs: Document, mine: Document) -> Document:
    """`mine` with what `theirs` says of the field `key`, named as in `merging.Conflict`.

    As it is when there is no such field.
    """
    made: dict[str, Any] = dict(mine)
    other: dict[str, Any] = dict(theirs)
    name, _colon, identifier = key.partition(":")
    if identifier and name in PARTS:
        made[name] = _rows_with(identifier, made[name], other[name])
    elif key.startswith("texts.") and key.count(".") == 2:
        _texts, language, text = key.split(".")
        said = other["texts"].get(language, {})
        if text in said:
            own = made["texts"]
            made["texts"] = own | {language: own.get(language, {}) | {text: said[text]}}
    elif key in made and key not in (*PARTS, "texts"):
        made[key] = other[key]
    return cast("Document", made)


def _rows_with(
    identifier: str, mine: list[dict[str, Any]], theirs: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """`mine`, with their row of that identifier; without it when they took it away."""
    wanted = next((row for row in theirs if row["id"] == identifier), None)
    rows = [wanted if row["id"] == identifier else row for row in mine]
    return [row for row in rows if row is not None]
