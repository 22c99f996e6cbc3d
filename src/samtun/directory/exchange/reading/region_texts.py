"""Values of a region's files: texts with languages, and identifiers made from keys."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, TypeGuard

from samtun.directory.exchange.rows import Problem, Row
from samtun.organisations.enums import Language
from samtun.organisations.identifiers import derived_id

_NAME_BORROWED = "name borrowed"  # never a column
_LANGUAGES = frozenset(Language.values)
_ADDRESS = frozenset(
    {"attention", "address_1", "address_2", "city", "region", "state_province", "postal_code",
     "country"}
)  # fmt: skip


class Maker:
    """Makes rows with identifiers that follow from the region's and the thing's keys."""

    def __init__(self, region: str, language: str, place: str) -> None:
        self.region = region
        self.language = language if language in _LANGUAGES else "nb"
        self.place = place
        self._seen: Counter[tuple[str, ...]] = Counter()

    def id(self, table: str, *keys: str) -> str:
        """The identifier of a thing of this region."""
        return str(derived_id(table, self.region, *keys))

    def row(self, table: str, keys: Iterable[str], values: Mapping[str, Any]) -> Row:
        """A row known by `keys`; the second with the same keys gets a number of its own."""
        named = (table, *keys)
        self._seen[named] += 1
        again = [str(self._seen[named])] if self._seen[named] > 1 else []
        identifier = self.id(named[0], *named[1:], *again)
        values = dict(values)
        language = values.pop(_NAME_BORROWED, None)
        told = Problem("name_in_other_language", {"language": language})
        values["id"] = identifier
        return Row(table, values, self.place, repairs=(told,) if language else ())


def is_table(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether a TOML value is a table."""
    return isinstance(value, dict)


def tables(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The tables of `[[name]]`; a single `[name]` is taken as one."""
    found = content.get(name, [])
    if is_table(found):
        return [found]
    return [entry for entry in found if is_table(entry)] if isinstance(found, list) else []


def languages_of(value: object, original: str) -> dict[str, str]:
    """The texts of `value` by language; plain text is in the `original` language."""
    if is_table(value):
        return {code: str(text).strip() for code, text in value.items() if str(text).strip()}
    text = plain_value(value)
    return {original: str(text)} if text not in (None, "") else {}


def plain_value(value: object) -> object:
    """Dates and times as ISO text, everything else as it is."""
    return value.isoformat() if isinstance(value, date | time) else value


def columns(
    entry: Mapping[str, Any], original: str, *, leave: Iterable[str] = ()
) -> dict[str, Any]:
    """`entry` as columns in the original language, the other languages under `translations`.

    A name that the original lacks is taken from another language, for a name there must be.
    """
    skipped = set(leave)
    values: dict[str, Any] = {"text_language": original}
    translations: dict[str, dict[str, str]] = {}
    for name, value in entry.items():
        if name in skipped:
            continue
        if not is_table(value):
            values[name] = plain_value(value)
            continue
        texts = languages_of(value, original)
        values[name] = texts.pop(original, "")
        for language, text in texts.items():
            if language in _LANGUAGES:
                translations.setdefault(language, {})[name] = text
    if not values.get("name") and (fallback := _any_name(translations)):
        values["name"] = fallback
        values[_NAME_BORROWED] = original
    values["translations"] = translations
    return values


def _any_name(translations: Mapping[str, Mapping[str, str]]) -> str:
    return next((texts["name"] for texts in translations.values() if texts.get("name")), "")


def address_of_place(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a place that belong to its address."""
    return {name: str(value) for name, value in entry.items() if name in _ADDRESS and value}
