"""What every page knows without its view having to say it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGE_PREFIXES = {"nb": "", "nn": "/nn", "en": "/en"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in one language."""

    code: str
    name: str
    url: str  # keeps the query, so that a search stays a search
    path: str  # without it: the address search engines should know
    is_current: bool


@dataclass(frozen=True, slots=True)
class UrgentNumber:
    """A telephone number of the strip that is always within reach."""

    name: Any
    number: str


# Verified national numbers; a region may show others through `urgent_numbers`.
URGENT_NUMBERS = (
    UrgentNumber(_("Life in danger"), "113"),
    UrgentNumber(_("Doctor on call"), "116 117"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The page in each language, its public address and the numbers for urgent help.

    Works on the path alone: resolving and reversing it would cost every page a millisecond.
    """
    language = get_language() or settings.LANGUAGE_CODE
    bare = without_language(request.path)
    query = request.META.get("QUERY_STRING", "")
    tail = f"{bare}?{query}" if query else bare
    return {
        "language": language,
        "languages": [
            LanguageLink(
                code=code,
                name=name,
                url=LANGUAGE_PREFIXES.get(code, "") + tail,
                path=LANGUAGE_PREFIXES.get(code, "") + bare,
                is_current=code == language,
            )
            for code, name in settings.LANGUAGES
        ],
        "public_url": settings.PUBLIC_URL,
        "bare_path": bare,
        "canonical_url": settings.PUBLIC_URL + LANGUAGE_PREFIXES.get(language, "") + bare,
        "urgent_numbers": URGENT_NUMBERS,
    }


def without_language(path: str) -> str:
    """The path as it is in bokmål: `/nn/valdres/` becomes `/valdres/`."""
    for prefix in LANGUAGE_PREFIXES.values():
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            return path[len(prefix) :] or "/"
    return path
