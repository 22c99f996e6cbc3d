"""Pages of a long list."""

from django.utils.safestring import SafeString

from samtun.front.asking import LAST_PAGE, PAGE_SIZE, Links
from samtun.ui.paging import Page, pagination


def pages(now: int, total: int, links: Links) -> SafeString:
    """The ways to the other pages of `total` results, from page `now`."""
    last = min(max(-(-total // PAGE_SIZE), 1), LAST_PAGE)
    if now == last == 1:
        return SafeString()
    first = links.to()
    shown = sorted({1, last, *range(max(now - 1, 1), min(now + 1, last) + 1)})
    entries: list[Page | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            entries.append(None)
        entries.append(Page(number, _page(first, number), is_current=number == now))
    return pagination(
        entries,
        previous_url=_page(first, min(now - 1, last)) if now > 1 else "",
        next_url=_page(first, now + 1) if now < last else "",
    )


def _page(first: str, number: int) -> str:
    """The address of a page; `first` is that of the first one."""
    if number == 1:
        return first
    return f"{first}{'' if first == '?' else '&'}side={number}"
