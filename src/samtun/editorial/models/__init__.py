"""Tables of `editorial`."""

from samtun.editorial.models.media import EditorialDocument, EditorialImage, EditorialRendition
from samtun.editorial.models.pages import EditorialPage

__all__ = ["EditorialDocument", "EditorialImage", "EditorialPage", "EditorialRendition"]
