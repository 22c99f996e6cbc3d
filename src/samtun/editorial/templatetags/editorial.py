"""Words for the preview."""

from django import template

from samtun.learning.enums import Sector

register = template.Library()


@register.filter
def sector_name(value: str) -> str:
    """What a sector is called."""
    return str(Sector(value).label) if value in Sector.values else value
