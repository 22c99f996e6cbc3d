"""Pages of a long list."""

from typing import TypedDict

from samtun.front.asking import LAST_PAGE, PAGE_SIZE, Asked


class Entry(TypedDict):
    """A page to go to; a gap has no number. Text, because templates localise numbers slowly."""

    number: str
    url: str
    is_current: bool


class Pages(TypedDict):
    """What `ui/pagination.html` reads."""

    previous_url: str
    next_url: str
    entries: list[Entry]


def pages(asked: Asked, total: int) -> Pages:
    """The pages of `total` results around the one asked for."""
    last = min(max(-(-total // PAGE_SIZE), 1), LAST_PAGE)
    now = asked.page
    first = asked.query_string()
    shown = sorted({1, last, *range(max(now - 1, 1), min(now + 1, last) + 1)})
    entries: list[Entry] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            entries.append(Entry(number="", url="", is_current=False))
        entries.append(
            Entry(number=str(number), url=_page(first, number), is_current=number == now)
        )
    return Pages(
        previous_url=_page(first, min(now - 1, last)) if now > 1 else "",
        next_url=_page(first, now + 1) if now < last else "",
        entries=entries,
    )


def _page(first: str, number: int) -> str:
    """The address of a page; `first` is that of the first one."""
    if number == 1:
        return first
    return f"{first}{'' if first == '?' else '&'}side={number}"
