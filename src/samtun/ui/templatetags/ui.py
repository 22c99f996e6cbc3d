"""Template tags every template has without loading them."""

from collections.abc import Iterable
from urllib.parse import quote

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samtun.ui import drawings

register = template.Library()

# What a need or life situation without a drawing of its own gets: the light of the tun.
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


@register.simple_tag
def icon(name: str, style: str = "", label: str = "") -> SafeString:
    """Inline one of our drawings: `{% icon "search" %}`, `{% icon need.icon "icon-large" %}`.

    A name that comes from data may be unknown; it gets a house instead of an error.
    """
    name = SHARED.get(name, name)
    known = name if name in drawings.names() else FALLBACK
    # Safe: the file is ours, and what a caller adds is escaped here.
    return mark_safe(drawings.svg(known, escape(style), escape(label)))  # noqa: S308


@register.filter
def has_drawing(name: str) -> bool:
    """Whether there is a drawing of that name, for layouts that do without one."""
    return SHARED.get(name, name) in drawings.names()


@register.filter
def phone_href(number: str) -> str:
    """`tel:` address of a number as people write it; Norwegian unless it says otherwise.

    Short numbers (113, 116 117) stay as they are: they only work without a country code.
    """
    digits = "".join(character for character in str(number) if character.isdigit())
    if str(number).strip().startswith("+"):
        return f"tel:+{digits}"
    if digits.startswith("00"):
        return f"tel:+{digits[2:]}"
    return f"tel:+47{digits}" if len(digits) == 8 else f"tel:{digits}"


@register.filter
def join_slugs(slugs: Iterable[str]) -> str:
    """`a,b` for the address of a list, quoted but for the comma."""
    return ",".join(quote(slug, safe="") for slug in slugs)
