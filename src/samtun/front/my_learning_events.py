"""Reads what a device sends, row by row: whatever makes no sense is refused by itself."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from samtun.learning.actions.arriving import Event
from samtun.organisations.enums import Language

MOST = 100  # in one call
LONGEST_CALL = 600_000  # bytes
_LONGEST_VALUE = 20_000  # bytes: a reflection of 5 000 letters of any kind
_LONGEST_NAME = 36
_KINDS = ("answer", "place", "finish")
_EARLIEST = timedelta(days=400)  # a device whose clock is wrong did it a year ago at the earliest
_HIGHEST = 2_000_000_000


class UnreadableError(ValueError):
    """The whole call makes no sense."""


def events_of(request: HttpRequest) -> tuple[list[Event], dict[str, str]]:
    """The events of a call, and why others are none, by the id they came with.

    Raises:
        UnreadableError: it is no list of at most `MOST` things.
    """
    if len(request.body) > LONGEST_CALL:
        raise UnreadableError("Too long")
    try:
        rows = json.loads(request.body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("No JSON") from error
    if not isinstance(rows, list) or len(rows) > MOST:
        raise UnreadableError(f"Not a list of at most {MOST}")
    events: dict[UUID, Event] = {}
    refused: dict[str, str] = {}
    for row in rows:
        try:
            event = _event(row)
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
            refused[_name(row)] = f"Cannot be read: {type(error).__name__}"
        else:
            events.setdefault(event.id, event)
    return list(events.values()), refused


def _event(row: Any) -> Event:  # noqa: ANN401  (anything can come)
    kind, language = row["kind"], row["language"]
    if kind not in _KINDS or language not in Language.values:
        raise ValueError(kind)
    return Event(
        id=_uuid(row["id"]), kind=kind, course=_uuid(row["course"]), module=_uuid(row["module"]),
        lesson=_short(row.get("lesson", "")), block=_short(row.get("block", "")),
        language=cast("str", language), number=_number(row["number"]),
        value=_value(row.get("value")), at=_moment(row["at"]),
    )  # fmt: skip


def _uuid(text: object) -> UUID:
    if not isinstance(text, str):
        raise TypeError(type(text))
    return UUID(text)


def _short(text: object) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST_NAME or "\x00" in text:
        raise ValueError("no id of ours")
    text.encode()  # half a letter cannot be kept
    return text


def _number(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < _HIGHEST:
        raise ValueError("no number of a version")
    return number


def _value(value: object) -> object:
    if len(json.dumps(value, ensure_ascii=False).encode()) > _LONGEST_VALUE:
        raise ValueError("too long")
    return value


def _moment(text: object) -> datetime:
    """When, by the device's clock; one that was never set right is brought near to now."""
    if not isinstance(text, str):
        raise TypeError(type(text))
    at = datetime.fromisoformat(text)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(at, timezone.now() - _EARLIEST)


def _no_number(text: str) -> object:
    raise ValueError(text)  # NaN and its like are no JSON


def _name(row: object) -> str:
    given = row.get("id") if isinstance(row, dict) else None
    return given[:_LONGEST_NAME] if isinstance(given, str) else ""
