"""Words of the components that stand many times on a page, as HTML, once for each language."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language; see `phrases`."""

    add: str
    take_off: str
    remove: str
    remove_all: str
    chosen: str
    pages: str
    page: str
    previous: str
    next: str
    in_other_language: dict[str, str]


def phrases() -> Phrases:
    """The words of the active language."""
    return _of(get_language() or "")


@lru_cache(maxsize=8)
def _of(_language: str) -> Phrases:
    return Phrases(
        add=escape(_("Add to my list")),
        take_off=escape(_("Take off the list")),
        remove=escape(_("Remove")),
        remove_all=escape(_("Remove all")),
        chosen=escape(_("Chosen filters")),
        pages=escape(_("Pages of the result")),
        page=escape(_("Page %(number)s")),
        previous=escape(_("Previous")),
        next=escape(_("Next")),
        in_other_language={
            "nb": escape(_("The text is in Bokmål")),
            "nn": escape(_("The text is in Nynorsk")),
            "en": escape(_("The text is in English")),
            "se": escape(_("The text is in Northern Sami")),
        },
    )
