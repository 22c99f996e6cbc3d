"""What every page of a region needs around its own content."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import get_language

from samtun.organisations.models import Municipality
from samtun.organisations.queries import Scope, region_scope
from samtun.organisations.texts import Text, in_language
from samtun.ui.context import LANGUAGE_PREFIXES


@dataclass(frozen=True, slots=True)
class Frame:
    """A region as one visitor meets it: in a language, perhaps from a municipality.

    Addresses are put together here instead of reversed: a page of results needs dozens.
    """

    scope: Scope
    language: str
    municipality: Municipality | None = None

    @property
    def name(self) -> Text:
        """The region's name in the reader's language."""
        return in_language(self.scope.names, self.language)

    @property
    def url(self) -> str:
        """The region's page, e.g. `/nn/valdres/`; what follows it is the same in all languages."""
        return f"{LANGUAGE_PREFIXES.get(self.language, '')}/{self.scope.slug}/"

    @property
    def home_url(self) -> str:
        """The region's page, with the municipality that the visitor chose."""
        return f"{self.url}?kommune={self.municipality.number}" if self.municipality else self.url

    def service_url(self, slug: str) -> str:
        """The page of a service."""
        return f"{self.url}tilbud/{slug}/"

    def context(self) -> dict[str, Any]:
        """What `front/base.html` reads."""
        return {
            "frame": self,
            "region_name": self.name,
            "region_url": self.url,
            "list_url": f"{self.url}liste/",
            "list_key": self.scope.slug,
            "urgent_url": f"{self.url}sok/?behov=krise",
            "is_example": self.scope.is_example,
        }


def frame_of(region: str, chosen: str = "") -> Frame:
    """The frame of the region at the address `region`; `chosen` may name one of its municipalities.

    Raises:
        Http404: there is no such region; a municipality outside it is only ignored.
    """
    scope = region_scope(region)
    if scope is None:
        raise Http404
    municipality = None
    if chosen in scope.numbers:
        municipality = next(one for one in scope.municipalities if one.number == chosen)
    return Frame(scope, get_language() or "nb", municipality)
