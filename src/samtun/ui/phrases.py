"""Words of the components that stand many times on a page, translated once for each language."""

from dataclasses import dataclass
from functools import lru_cache

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
        add=_("Add to my list"),
        take_off=_("Take off the list"),
        remove=_("Remove"),
        remove_all=_("Remove all"),
        chosen=_("Chosen filters"),
        pages=_("Pages of the result"),
        page=_("Page %(number)s"),
        previous=_("Previous"),
        next=_("Next"),
        in_other_language={
            "nb": _("The text is in Bokmål"),
            "nn": _("The text is in Nynorsk"),
            "en": _("The text is in English"),
            "se": _("The text is in Northern Sami"),
        },
    )
