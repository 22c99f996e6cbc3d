"""Words and texts of a draft, for the preview."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from samtun.learning.enums import Sector

register = template.Library()


@register.filter
def written(html: str) -> SafeString:
    """Rich text; `rich.clean` has reduced it to a few harmless elements."""
    return mark_safe(html)  # noqa: S308


@register.filter
def sector_name(value: str) -> str:
    """What a sector is called."""
    return str(Sector(value).label) if value in Sector.values else value
