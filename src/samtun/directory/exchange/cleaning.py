"""Single values as they come → as the model keeps them, with a note of each repair."""

import json
import re
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from samtun.directory.exchange.markup import has_markup, plain
from samtun.directory.exchange.rows import Problem
from samtun.organisations.enums import Language
from samtun.organisations.identifiers import derived_id

_CANONICAL_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u202a-\u202e]")
_LINE_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")
_NIL = "00000000-0000-0000-0000-000000000000"
_check_url = URLValidator(schemes=["http", "https"])
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:[.,][0-9]{0,20})?")
_SUM = re.compile(r"[^0-9]*?(-?[0-9]+(?:[\s.,][0-9]{3})*(?:[.,][0-9]+)?)[^0-9]*")
_WITH_POINT_NOUGHT = re.compile(r"([0-9]{1,20})\.0")
_TRUE = frozenset({"true", "1", "yes", "y", "ja", "t", "x"})
_FALSE = frozenset({"false", "0", "no", "n", "nei", "f"})


class Findings:
    """The repairs made in one row."""

    def __init__(self) -> None:
        self.repairs: list[Problem] = []

    def repaired(self, code: str, column: str, before: object, **words: object) -> None:
        """Note that `column` held `before` and was mended in the way that `code` says."""
        self.repairs.append(Problem(code, {"column": column, "before": shown(before), **words}))


Cleaner = Callable[[str, Any, Findings], Any]


def shown(value: object) -> str:
    """`value` for a report: the whole of it, but within reason."""
    text = as_text(value)
    return text if len(text) <= 2000 else f"{text[:2000]}… ({len(text)})"


def as_text(value: object) -> str:
    """Any JSON value as text."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(as_text(item) for item in value)
    return json.dumps(value) if isinstance(value, dict) else str(value)


def identifier(source: str, table: str, value: object, findings: Findings | None = None) -> str:
    """A UUID as text: `value` itself, or one derived from it, the same at each import.

    An empty result means that there is no usable value.
    """
    text = as_text(value).strip()
    if _CANONICAL_UUID.fullmatch(text):
        return "" if text == _NIL else text
    if not text:
        return ""
    if match := _WITH_POINT_NOUGHT.fullmatch(text):  # a spreadsheet's 12.0 beside its 12
        text = match[1]
    try:
        return str(uuid.UUID(text))
    except ValueError:
        derived = str(derived_id("imported", source, table, text))
    if findings is not None:
        findings.repaired("derived_id", "id", text, after=derived)
    return derived


def _readable(column: str, value: object, findings: Findings) -> str:
    text = as_text(value)
    if _CONTROL.search(text):
        findings.repaired("control_characters", column, text)
        text = _CONTROL.sub("", text)
    if has_markup(text):
        findings.repaired("markup", column, text)
        text = plain(text)
    return text.strip()


def prose(column: str, value: object, findings: Findings) -> str:
    """Text of any length; HTML becomes plain text with paragraphs and lists."""
    return _readable(column, value, findings).replace("\r\n", "\n").replace("\r", "\n")


def line(maximum: int) -> Cleaner:
    """Text on one line, cut at `maximum` characters with a note that holds all of it."""

    def clean(column: str, value: object, findings: Findings) -> str:
        text = _LINE_BREAKS.sub(" ", _readable(column, value, findings))
        if len(text) > maximum:
            findings.repaired("too_long", column, text, maximum=maximum)
            text = text[: maximum - 1].rstrip() + "…"
        return text

    return clean


def url(column: str, value: object, findings: Findings) -> str:
    """A web address with http or https; one without gets https, others are left out."""
    text = _CONTROL.sub("", as_text(value)).strip()
    if not text:
        return ""
    candidate = text if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", text) else f"https://{text}"
    candidate = candidate.replace(" ", "%20")
    try:
        _check_url(candidate)
    except ValidationError:
        findings.repaired("bad_url", column, text)
        return ""
    if candidate != text:
        findings.repaired("mended_url", column, text, after=candidate)
    return candidate


def email(column: str, value: object, findings: Findings) -> str:
    """An e-mail address; the first that is right where there are several."""
    text = _CONTROL.sub("", as_text(value)).strip()
    for part in re.split(r"[;,\s<>]+", text.removeprefix("mailto:")):
        try:
            validate_email(part)
        except ValidationError:
            continue
        if len(part) > 254:
            continue
        if part != text:
            findings.repaired("mended_email", column, text, after=part)
        return part
    if text:
        findings.repaired("bad_email", column, text)
    return ""


def whole_number(lowest: int, highest: int) -> Cleaner:
    """A number without decimals between two bounds, else nothing."""

    def clean(column: str, value: object, findings: Findings) -> int | None:
        text = as_text(value).strip()
        if not _NUMBER.fullmatch(text):  # 1e999999999 would be worked at for hours
            findings.repaired("bad_number", column, text)
            return None
        number = int(Decimal(text.replace(",", ".")))
        if not lowest <= number <= highest:
            findings.repaired("number_out_of_range", column, text, low=lowest, high=highest)
            return None
        if str(number) != text and Decimal(text.replace(",", ".")) != number:
            findings.repaired("rounded", column, text, after=number)
        return number

    return clean


def amount(column: str, value: object, findings: Findings) -> str | None:
    """A sum of money with at most two decimals, as text; "kr 1 200,50" is understood."""
    text = as_text(value).strip()
    found = _SUM.fullmatch(text)  # "150 (50 for children)" is no sum
    digits = re.sub(r"\s", "", found[1]) if found else ""
    if "," in digits and "." in digits:
        thousands = "," if digits.rfind(",") < digits.rfind(".") else "."
        digits = digits.replace(thousands, "")
    try:
        number = Decimal(digits.replace(",", "."))
        number = number.quantize(Decimal("0.01"))
    except InvalidOperation:
        findings.repaired("bad_number", column, text)
        return None
    if abs(number) >= 10**10:
        findings.repaired("number_out_of_range", column, text, low=0, high=10**10)
        return None
    if not re.fullmatch(r"-?\d+([.,]\d{1,2})?", text):
        findings.repaired("mended_number", column, text, after=number)
    return str(number)


def coordinate(column: str, value: object, findings: Findings) -> float | None:
    """Degrees with a point or comma; whether it lies on Earth is for the whole row to say."""
    text = as_text(value).strip().replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        findings.repaired("bad_number", column, text)
        return None
    if number != number or abs(number) == float("inf"):
        findings.repaired("bad_number", column, text)
        return None
    return number


def truth(column: str, value: object, findings: Findings) -> bool | None:
    """Yes, no, or nothing where neither is said."""
    text = as_text(value).strip().lower()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if text:
        findings.repaired("bad_value", column, text, after="")
    return None


def flag(column: str, value: object, findings: Findings) -> bool:
    """Yes, or no where yes is not said."""
    return truth(column, value, findings) or False


def one_of(known: Mapping[str, str], default: str) -> Cleaner:
    """One of the values of `known`, which maps lower-case spellings to them."""

    def clean(column: str, value: object, findings: Findings) -> str:
        text = as_text(value).strip()
        if text in known.values():
            return text
        chosen = known.get(text.lower(), default)
        if text and text.lower() != chosen.lower():
            findings.repaired("bad_value", column, text, after=chosen)
        return chosen

    return clean


def word_list(column: str, value: object, findings: Findings) -> list[str]:
    """A list of words, as such or as JSON text or separated by commas; ours only."""
    found = _parsed(value)
    words = found if isinstance(found, list) else as_text(value).split(",")
    return [clean for word in words if (clean := line(120)(column, word, findings))]


def names(column: str, value: object, findings: Findings) -> dict[str, str]:
    """`{language: name}`, as such or as JSON text; ours only."""
    found = _parsed(value)
    if not isinstance(found, dict):
        findings.repaired("bad_value", column, value, after="")
        return {}
    cleaned = {code: line(300)(column, name, findings) for code, name in found.items()}
    return {code: name for code, name in cleaned.items() if name and code in Language.values}


def translations(column: str, value: object, findings: Findings) -> dict[str, dict[str, str]]:
    """`{language: {field: text}}`, as such or as JSON text; ours only."""
    found = _parsed(value)
    if not isinstance(found, dict):
        findings.repaired("bad_value", column, value, after="")
        return {}
    kept: dict[str, dict[str, str]] = {}
    for code, texts in found.items():
        if code not in Language.values or not isinstance(texts, dict):
            findings.repaired("bad_value", column, code, after="")
            continue
        cleaned = {line(60)(column, name, findings): prose(f"{name} ({code})", text, findings)
                   for name, text in texts.items()}  # fmt: skip
        kept[code] = {name: text for name, text in cleaned.items() if text}
    return {code: texts for code, texts in kept.items() if texts}


def _parsed(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return orjson.loads(as_text(value))
    except orjson.JSONDecodeError:
        return None
