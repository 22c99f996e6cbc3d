"""What editors choose among that lives in the vocabularies; asked when a form is made."""

from django.utils.translation import get_language

from samtun.directory.enums import Taxonomies
from samtun.directory.queries.terms import terms


def needs() -> list[tuple[str, str]]:
    """Code and name of everything that a service can help with."""
    return _choices(Taxonomies.NEEDS)


def situations() -> list[tuple[str, str]]:
    """Code and name of everybody that a service can be for."""
    return _choices(Taxonomies.TARGET_GROUPS)


def _choices(taxonomy: Taxonomies) -> list[tuple[str, str]]:
    language = (get_language() or "nb").partition("-")[0]
    return [(code, term.label) for code, term in terms(taxonomy, language).items()]
