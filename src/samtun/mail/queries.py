"""Reading the outbox."""

from samtun.mail.addresses import comparable
from samtun.mail.models import BouncedAddress


def is_bounced(address: str) -> bool:
    """Whether letters to `address` have come back, so that nothing more is sent there."""
    return BouncedAddress.objects.filter(address=comparable(address)).exists()
