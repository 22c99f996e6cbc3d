"""QR codes: for a page as inline SVG, for a document as a picture."""

from collections.abc import Sequence
from functools import lru_cache

import segno
from django.utils.html import escape
from django.utils.translation import gettext

from samtun.documents.blocks import safe_url
from samtun.documents.errors import DocumentError

# More than this makes modules too small to read from paper with a phone.
LONGEST_ON_PAPER = 700
# Up to here there is room for 15 % damage (folds, stains); beyond, smaller modules cost more.
_STURDY_UP_TO = 160


def _path(matrix: Sequence[Sequence[int]]) -> str:
    """The dark modules as rectangles, row by row; runs are joined so that no seam shows."""
    parts = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return "".join(parts)


@lru_cache(maxsize=400)  # 2 MB; choosing the best of eight masks takes six milliseconds
def _code(url: str) -> tuple[int, str]:
    """The side in modules and the path of the dark ones."""
    level = "m" if len(url) <= _STURDY_UP_TO else "l"
    matrix = segno.make_qr(url, error=level, boost_error=False).matrix
    return len(matrix), _path(matrix)


def _svg(url: str, *, attributes: str, title: str, border: int) -> str:
    modules, path = _code(url)
    side = modules + 2 * border
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-border} {-border} {side} {side}"'
        f"{attributes}>{title}"
        f'<path fill="#fff" d="M{-border} {-border}h{side}v{side}h{-side}z"/>'
        f'<path fill="#000" shape-rendering="crispEdges" d="{path}"/></svg>'
    )


def qr_svg(url: str, *, title: str) -> str:
    """Inline SVG for an HTML page: named `title`, sized by the page's CSS, no inline style.

    Always dark on white with the four modules of quiet zone that readers need, in dark mode too.
    The result is safe to mark as such in a template.

    Raises:
        DocumentError: when `url` is empty or longer than any QR code can hold.
    """
    try:
        if not url:
            raise ValueError("empty")
        return _svg(
            url,
            attributes=' class="qr" role="img" focusable="false"',
            title=f"<title>{escape(title)}</title>",
            border=4,
        )
    except ValueError as error:  # segno's DataOverflowError is one
        raise DocumentError(gettext("This address cannot be shown as a QR code.")) from error


def qr_picture(url: str) -> str:
    """SVG for a document, or nothing when `url` is no address or too long to read from paper."""
    if not safe_url(url) or len(url) > LONGEST_ON_PAPER:
        return ""
    return _svg(url, attributes="", title="", border=0)
