"""Pages of a long list."""

from dataclasses import dataclass

from samtun.front.asking import LAST_PAGE, PAGE_SIZE, Asked


@dataclass(frozen=True, slots=True)
class Entry:
    """A page to go to; a gap has no number. Text, because templates localise numbers slowly."""

    number: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """What `ui/pagination.html` reads."""

    previous_url: str
    next_url: str
    entries: list[Entry]


def pages(asked: Asked, total: int) -> Pages:
    """The pages of `total` results around the one asked for."""
    last = min(max(-(-total // PAGE_SIZE), 1), LAST_PAGE)
    now = asked.page
    shown = sorted({1, last, *range(max(now - 1, 1), min(now + 1, last) + 1)})
    entries: list[Entry] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            entries.append(Entry("", "", is_current=False))
        entries.append(Entry(str(number), asked.query_string(page=number), number == now))
    return Pages(
        previous_url=asked.query_string(page=min(now - 1, last)) if now > 1 else "",
        next_url=asked.query_string(page=now + 1) if now < last else "",
        entries=entries,
    )
