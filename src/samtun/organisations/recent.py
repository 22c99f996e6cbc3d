"""Small tables that nearly never change, remembered for a minute in each process."""

from collections.abc import Callable
from functools import lru_cache
from time import monotonic
from typing import TypeVar, TypeVarTuple

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")

MINUTE = 60.0
_remembered: list[Callable[[], None]] = []


def for_a_minute(
    read: Callable[[*Arguments], Result],
) -> Callable[[*Arguments], Result]:
    """Remember what `read` gives for each of its (hashable, positional) arguments, for a minute.

    For labels, regions and the like only: never for what belongs to a visitor, and never for a
    table that grows with use.
    """

    @lru_cache(maxsize=512)
    def within(_minute: int, arguments: tuple[*Arguments]) -> Result:
        return read(*arguments)

    def remembered(*arguments: *Arguments) -> Result:
        return within(int(monotonic() // MINUTE), arguments)

    _remembered.append(within.cache_clear)
    return remembered


def forget() -> None:
    """Read everything anew from now on, in this process; others follow within a minute."""
    for clear in _remembered:
        clear()
