"""What an import stands on: municipalities, postal codes, needs and target groups."""

from samtun.directory.actions.vocabularies import load_vocabularies
from samtun.directory.enums import Taxonomies
from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.models import Taxonomy
from samtun.organisations.actions import load_reference_facts
from samtun.organisations.models import Municipality


def see_that_they_are_loaded(*, dry_run: bool) -> None:
    """Load them where they are lacking.

    Raises:
        ExchangeError: when they are lacking and nothing may be changed.
    """
    has_facts = Municipality.objects.exists()
    has_words = Taxonomy.objects.filter(slug=Taxonomies.TARGET_GROUPS).exists()
    if has_facts and has_words:
        return
    if dry_run:
        raise ExchangeError("no_facts")
    if not has_facts:
        load_reference_facts()
    if not has_words:
        load_vocabularies()
