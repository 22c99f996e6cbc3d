"""JSON read item by item, so that a dump of any size fits in memory."""

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from samtun.directory.exchange.reading.files import wide_encoding

_CHUNK = 1 << 18  # characters
_LARGEST_ITEM = 64_000_000  # characters; one service is a few thousand
_SPACE = " \t\r\n\ufeff"


class Item(NamedTuple):
    """A value of an object, or one item of a list."""

    key: str
    value: Any
    is_listed: bool


class BrokenJsonError(ValueError):
    """The text stops being JSON here; what was read before it is whole."""


def items(stream: IO[bytes]) -> Iterator[Item]:
    """The items of a JSON text.

    A list gives its items under "". An object gives each of its values under its key, and a list
    among those item by item.

    Raises:
        BrokenJsonError: where it cannot be read further.
    """
    text = _Text(stream)
    first = text.peek()
    if first == "[":
        for item in text.array():
            yield Item("", item, is_listed=True)
    elif first == "{":
        yield from text.object()
    elif first:
        raise BrokenJsonError("not_json")


def lines(stream: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """(line number, value) of JSON lines; an exception as value marks a line that is not JSON."""
    for number, line in enumerate(iter(lambda: stream.readline(_LARGEST_ITEM), b""), start=1):
        text = _decoded(line).strip(_SPACE)
        if text:
            try:
                yield number, _DECODER.decode(text)
            except (ValueError, RecursionError) as error:
                yield number, BrokenJsonError(str(error))


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _whole(digits: str) -> int | str:
    """Numbers beyond any column stay text, for the cleaning to judge."""
    return int(digits) if len(digits) < 18 else digits


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The last of two values under one key counts; the first is kept aside, to be told of."""
    made = dict(pairs)
    if len(made) < len(pairs):
        last = {key: place for place, (key, _value) in enumerate(pairs)}
        for place, (key, value) in enumerate(pairs):
            if last[key] != place:
                made[f"{key} (twice)"] = value
    return made


_DECODER = json.JSONDecoder(parse_int=_whole, object_pairs_hook=_object, strict=False)


class _Text:
    """A window on the text that moves along."""

    def __init__(self, stream: IO[bytes]) -> None:
        start = stream.read(_CHUNK)
        encoding = wide_encoding(start) or _encoding(start)
        self._decode = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._stream = stream
        self._window = self._decode.decode(start)
        self._at = 0
        self._is_whole = not start

    def peek(self) -> str:
        """The next character that is not space; empty at the end."""
        while True:
            while self._at < len(self._window):
                if self._window[self._at] not in _SPACE:
                    return self._window[self._at]
                self._at += 1
            if not self._more():
                return ""

    def array(self) -> Iterator[Any]:
        """The items of a list that begins here."""
        self._take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self._value()
            if self._between("]"):
                return

    def object(self) -> Iterator["Item"]:
        """The values of an object that begins here, lists item by item."""
        self._take("{")
        if self.peek() == "}":
            return
        while True:
            key = self._value()
            self._take(":")
            if self.peek() == "[":
                is_empty = True
                for item in self.array():
                    is_empty = False
                    yield Item(str(key), item, is_listed=True)
                if is_empty:
                    yield Item(str(key), EMPTY, is_listed=True)
            else:
                yield Item(str(key), self._value(), is_listed=False)
            if self._between("}"):
                return

    def _between(self, end: str) -> bool:
        mark = self.peek()
        if mark not in (",", end) or not mark:
            raise BrokenJsonError(f"“,” or “{end}” is missing")
        self._at += 1
        return mark == end

    def _take(self, mark: str) -> None:
        if self.peek() != mark:
            raise BrokenJsonError(f"“{mark}” is missing")
        self._at += 1

    def _value(self) -> Any:  # noqa: ANN401 (JSON)
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._window, self._at)
            except RecursionError as error:
                raise BrokenJsonError("too_deep") from error
            except ValueError as error:
                if len(self._window) - self._at > _LARGEST_ITEM or not self._more():
                    raise BrokenJsonError(str(error)) from error
                continue
            if end < len(self._window) or not self._more():
                self._at = end
                return value

    def _more(self) -> bool:
        if self._is_whole:
            return False
        rest = self._window[self._at :]
        found = self._stream.read(max(_CHUNK, len(rest)))
        self._is_whole = not found
        self._window = rest + self._decode.decode(found, final=not found)
        self._at = 0
        return True


class _Empty:
    """Stands for a list without items."""


EMPTY = _Empty()


def _encoding(start: bytes) -> str:
    """UTF-8, unless the first part is clearly not."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
