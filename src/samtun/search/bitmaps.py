"""Sets of entries as whole numbers: bit n stands for entry number n.

Python's whole numbers make "and", "or" and counting a matter of microseconds for 100 000 entries.
"""

from collections.abc import Iterable, Iterator


def bitmap(numbers: Iterable[int], size: int) -> int:
    """The set of these numbers, all of which are below `size`."""
    bits = bytearray(size // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


_ONES = tuple(tuple(bit for bit in range(8) if value >> bit & 1) for value in range(256))


def numbers_in(bits: int) -> Iterator[int]:
    """The numbers of a set, in order."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for place, value in enumerate(data):
        if value:
            base = place << 3
            for bit in _ONES[value]:
                yield base + bit


class Members:
    """Quick questions about one set."""

    def __init__(self, bits: int) -> None:
        self._data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._data) and bool(self._data[place] >> (number & 7) & 1)
