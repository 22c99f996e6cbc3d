"""Reading the outbox."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from samtun.mail.addresses import comparable
from samtun.mail.models import BouncedAddress, Letter


def is_bounced(address: str) -> bool:
    """Whether letters to `address` have come back, so that nothing more is sent there."""
    return BouncedAddress.objects.filter(address=comparable(address)).exists()


def letters(state: str = "") -> QuerySet[Letter]:
    """Letters, newest first; of one state only when it is given."""
    chosen = Letter.objects.filter(state=state) if state else Letter.objects.all()
    return chosen.order_by("-posted_at", "-id")


def count_by_state() -> dict[str, int]:
    """How many letters are in each state that has any."""
    counted = Letter.objects.values_list("state").annotate(number=Count("pk")).order_by()
    return dict(counted)


def bounced_addresses() -> QuerySet[BouncedAddress]:
    """Addresses that nothing is sent to, the latest first."""
    return BouncedAddress.objects.order_by("-bounced_at", "-pk")


def bounced_among(addresses: Iterable[str]) -> frozenset[str]:
    """Those of `addresses` that letters have come back from, in small letters; one query."""
    wanted = {comparable(address) for address in addresses}
    found = BouncedAddress.objects.filter(address__in=wanted)
    return frozenset(found.values_list("address", flat=True))
