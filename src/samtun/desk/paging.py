"""The ways to the other pages of a long list of the desk."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from samtun.ui.paging import Page, pagination


def pages(request: HttpRequest, now: int, last: int) -> SafeString:
    """From page `now` of `last`; the page is named by `side`, the rest of the address stays."""

    def url(number: int) -> str:
        query = request.GET.copy()
        query["side"] = str(number)
        return f"?{query.urlencode()}"

    if last <= 1:
        return SafeString()
    shown = sorted({1, last, *range(max(now - 1, 1), min(now + 1, last) + 1)})
    entries: list[Page | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            entries.append(None)
        entries.append(Page(number, url(number), is_current=number == now))
    return pagination(
        entries,
        previous_url=url(min(now - 1, last)) if now > 1 else "",
        next_url=url(now + 1) if now < last else "",
    )
