"""Template tags every template has without loading them."""

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samtun.ui import drawings, rows

register = template.Library()


@register.simple_tag
def icon(name: str, style: str = "", label: str = "") -> SafeString:
    """Inline one of our drawings: `{% icon "search" %}`, `{% icon need.icon "icon-large" %}`.

    A name that comes from data may be unknown; it gets a house instead of an error.
    """
    # Safe: the file is ours, and what a caller adds is escaped here.
    return mark_safe(drawings.of(name, escape(style), escape(label)))  # noqa: S308


@register.simple_tag(takes_context=True)
def language_mark(context: Context, code: str) -> SafeString:
    """Says in the reader's language that a text is in another one."""
    return rows.language_mark(code, str(context.get("language", "")))


@register.filter
def has_drawing(name: str) -> bool:
    """Whether there is a drawing of that name, for layouts that do without one."""
    return drawings.SHARED.get(name, name) in drawings.names()


@register.filter
def unbroken(text: str) -> SafeString:
    """A moment in words whose hours stay on one line: `kl. 18–20`."""
    return SafeString(rows.unbroken(str(text)))


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
