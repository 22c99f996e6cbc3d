"""The code that opens a page on a phone."""

from functools import lru_cache

from django.utils.safestring import mark_safe

from samtun.documents.errors import DocumentError
from samtun.documents.qr import qr_svg


@lru_cache(maxsize=512)
def page_qr(address: str, title: str) -> str:
    """The code for the page's address; nothing when no code can hold it. Takes 10 ms to make."""
    try:
        return mark_safe(qr_svg(address, title=title))  # noqa: S308  (its contract)
    except DocumentError:
        return ""
