"""Who reads courses, as far as the address says: language, sector and where they work.

Nothing is kept of it. What was chosen follows from page to page in the address.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language

from samtun.learning.enums import Sector
from samtun.organisations.models import Municipality
from samtun.organisations.queries import Scope, region_scope, region_scopes
from samtun.ui.context import LANGUAGE_PREFIXES


@dataclass(frozen=True)
class Reader:
    """Reads in `language`, perhaps in a `sector`, perhaps in a municipality or a region."""

    language: str
    sector: str = ""
    municipality: str = ""  # number
    region: str = ""  # slug
    works_in: str = ""  # municipality of their job, where they have signed in; never in an address

    @property
    def home(self) -> str:
        """The catalogue, without what was chosen."""
        return f"{LANGUAGE_PREFIXES.get(self.language, '')}/kurs/"

    @cached_property
    def chosen(self) -> list[tuple[str, str]]:
        """What was chosen, by its name in the address."""
        every = {"sektor": self.sector, "kommune": self.municipality, "region": self.region}
        return [(name, value) for name, value in every.items() if value]

    @cached_property
    def tail(self) -> str:
        """What was chosen, as it stands at the end of an address; empty when nothing was."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    def catalogue_url(self) -> str:
        """The catalogue for where they work; what narrowed it before is forgotten."""
        return self.home + replace(self, sector="").tail

    def course_url(self, slug: str) -> str:
        """The page of a course."""
        return f"{self.home}{slug}/{self.tail}"

    def lesson_url(self, course: str, module: str, number: int) -> str:
        """The page of a lesson."""
        return f"{self.home}{course}/{module}/{number}/{self.tail}"

    @cached_property
    def scope(self) -> Scope | None:
        """The region whose map is shown, if it is known where they work."""
        if self.region and not self.municipality:
            return region_scope(self.region)
        return next((one for one in region_scopes() if self.own_number in one.numbers), None)

    @property
    def own_number(self) -> str:
        """The municipality that was chosen, else that of their job, unless a region was chosen."""
        return self.municipality or ("" if self.region else self.works_in)

    @cached_property
    def own_municipality(self) -> Municipality | None:
        """Where they work, when that is known so closely."""
        if self.scope is None:
            return None
        return next(
            (one for one in self.scope.municipalities if one.number == self.own_number), None
        )


def reader_of(request: HttpRequest) -> Reader:
    """The reader of this page; what is no sector, municipality or region of ours is ignored."""
    asked = request.GET
    sector = asked.get("sektor", "")
    made = Reader(
        language=get_language() or "nb",
        sector=sector if sector in Sector.values else "",
        municipality=asked.get("kommune", "")[:4],
        region=asked.get("region", "")[:60],
    )
    return made if made.scope else replace(made, municipality="", region="")
