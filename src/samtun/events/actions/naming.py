"""The name of an event in addresses."""

from django.db import IntegrityError, transaction

from samtun.events.models import Event
from samtun.organisations.actions import slug_from

# What an address below `kalender/` means already.
RESERVED = frozenset({"program", "pamelding", "plakat", "kalender", "uke", "maaned"})


def claim_address(event: Event) -> None:
    """Add the row under a readable address of its own: two made at once may want the same."""
    wanted = slug_from(event.name, length=100) or "moteplass"
    own = f"{wanted}-{str(event.pk)[:8]}"
    is_taken = wanted in RESERVED or Event.objects.filter(slug=wanted).exists()
    event.slug = own if is_taken else wanted
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:  # taken between the question and now
        event.slug = own
        event.save(force_insert=True)
