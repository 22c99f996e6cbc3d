"""An offer's document as the fields of its form: what the page shows before anybody typed."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from samtun.directory.editing.document import Document
from samtun.directory.editing.form_rows import KINDS
from samtun.directory.editing.form_texts import TEXT_FIELDS
from samtun.directory.editing.form_widgets import Data
from samtun.directory.enums import ServiceStatus
from samtun.organisations.enums import Language

_ALWAYS_SHOWN = (Language.BOKMAL, Language.NYNORSK)
_PLAIN = ("organization", "language", "url", "email", "keeper", "assurer_email",
          "confirm_every_days", "publish_on", "end_on", "minimum_age", "maximum_age")  # fmt: skip
_TICKS = ("covers_country", "meets_in_person", "meets_by_phone", "meets_online", "is_urgent",
          "is_for_children")  # fmt: skip
_MANY = {"needs": "needs", "target_groups": "target_groups", "covers": "covers",
         "spoken": "languages"}  # fmt: skip
_IS_FREE = {True: "yes", False: "no", None: ""}


def data_of(document: Document) -> Data:
    """The fields that show `document`, one empty row where the first phone would stand."""
    data, values = Data(), cast("dict[str, Any]", document)
    for key in _PLAIN:
        data[key] = _text(values[key])
    for key in _TICKS:
        if values[key]:
            data[key] = "on"
    for key, name in _MANY.items():
        data.setlist(key, list(values[name]))
    data["keywords"] = ", ".join(document["keywords"])
    data["is_free"] = _IS_FREE[document["is_free"]]
    if document["status"] == ServiceStatus.TEMPORARILY_CLOSED:
        data["is_closed"] = "on"
    _add_texts(data, document)
    for key in KINDS:
        _add_rows(data, key, values[key])
    if not document["phones"]:
        data["phones-0-row"] = "1"
    return data


def _add_texts(data: Data, document: Document) -> None:
    texts: Mapping[str, Mapping[str, str]] = document["texts"]
    written = [language for language, each in texts.items() if any(each.values())]
    shown = {*_ALWAYS_SHOWN, document["language"], *written}
    data.setlist("in_language", [each for each in Language.values if each in shown])
    for language in data.getlist("in_language"):
        for field in TEXT_FIELDS:
            data[f"{language}-{field.key}"] = texts.get(language, {}).get(field.key) or ""


def _add_rows(data: Data, key: str, rows: Iterable[Mapping[str, Any]]) -> None:
    rows = list(rows)
    data[f"had-{key}"] = str(len(rows))
    for number, row in enumerate(rows):
        before = f"{key}-{number}-"
        data[f"{before}row"] = "1"
        for name in KINDS[key].form.base_fields:
            value = row.get(name)
            if isinstance(value, bool):
                if value:
                    data[before + name] = "on"
            elif isinstance(value, list):
                data.setlist(before + name, [str(one) for one in value])
            elif name != "row":
                data[before + name] = _text(value)
        if row.get("every") == "month":
            data[f"{before}every"] = _text(row.get("week"))
        if row.get("amount"):
            data[f"{before}amount"] = _text(row["amount"]).removesuffix(".00").replace(".", ",")
        if key == "places":
            data[f"{before}was"] = _text(row.get("location"))


def _text(value: object) -> str:
    return "" if value is None else str(value)
