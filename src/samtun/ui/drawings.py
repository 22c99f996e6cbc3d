"""Our own line drawings, read once from `icons/`.

One grid (48 × 48), one pen (2 pixels at any size, round ends) and at most one lit area each: the
light in the window. They are inlined, because a page shows few and must not wait for a sprite.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "icons"
# What a need or life situation without a drawing of its own gets.
FALLBACK = "home"
# Words of the data that share a drawing.
SHARED = {
    "barn-0-5": "barn-ung",
    "barn-6-12": "barn-ung",
    "ungdom-13-15": "unge-voksne",
    "ungdom-16-17": "unge-voksne",
    "foreldre-barn": "foreldre",
    "foreldre-voksne": "foreldre",
    "voksne-barn": "eldre",
    "in_person": "people",
}
_SHAPES = re.compile(r"<svg[^>]*>(?:<style>.*?</style>)?(.*)</svg>", re.DOTALL)


class UnknownDrawingError(LookupError):
    """Asked for a drawing that is not in `icons/`."""


@cache
def shapes(name: str) -> str:
    """The inside of a drawing, without its `<svg>`.

    Raises:
        UnknownDrawingError: there is no such file; a template has the name wrong.
    """
    try:
        source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UnknownDrawingError(name) from error
    match = _SHAPES.search(source)
    if match is None:
        raise UnknownDrawingError(name)
    return match[1]


@cache
def names() -> frozenset[str]:
    """Every drawing there is."""
    return frozenset(path.stem for path in FOLDER.glob("*.svg"))


@cache
def svg(name: str, style: str = "", label: str = "") -> str:
    """One drawing as inline SVG; silent to a screen reader unless it has a `label`.

    `style` is an extra class, e.g. `icon-large`. Both must come from a template, not a visitor.
    """
    css_class = f"icon {style}".strip()
    spoken = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return (
        f'<svg class="{css_class}" viewBox="0 0 48 48" {spoken} focusable="false">'
        f"{shapes(name)}</svg>"
    )


def of(name: str, style: str = "", label: str = "") -> str:
    """As `svg`, for a name that comes from data: an unknown one becomes a house, not an error."""
    name = SHARED.get(name, name)
    return svg(name if name in names() else FALLBACK, style, label)
