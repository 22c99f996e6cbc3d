"""How much one sender, and all together, may write to us in a day.

A sender is told from others by a digest of their network: a memory of one worker would forget at
the next, and a cache may be none, so the counts are rows. The digest is salted anew each day and
the salt is deleted with the day, so that nobody can tell afterwards whose it was.
"""

import hmac
import secrets
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from samtun.directory.models import SenderCount, SendingDay

FROM_A_NETWORK = 20  # a day; a whole town hall may share one
ABOUT_A_SERVICE = 10
IN_A_REGION = 100
_HOUSE = 64  # bits of an IPv6 address that a household has in common


def may_send(sender: str, *, purpose: str = "", most: int | None = None) -> bool:
    """Whether the network of the IP address `sender` may write once more today; counts it.

    Each `purpose` is counted by itself, up to `most`, or as many as anybody may tell us.
    """
    return _may(_network(sender), purpose, FROM_A_NETWORK if most is None else most)


def may_write_to(address: str, *, purpose: str, most: int) -> bool:
    """Whether one more letter may be caused to `address` today by people we do not know."""
    return _may(address.strip().casefold(), purpose, most)


def _may(who: str, purpose: str, most: int) -> bool:
    day = _today(timezone.localdate())
    digest = _digest(f"{purpose}:{who}" if purpose else who, day.salt)
    mine = SenderCount.objects.filter(day=day, digest=digest)
    below = mine.filter(count__lt=most)
    if below.update(count=F("count") + 1):
        return True
    if mine.exists():
        return False
    SenderCount.objects.get_or_create(day=day, digest=digest)
    return bool(below.update(count=F("count") + 1))


def _today(day: date) -> SendingDay:
    defaults = {"salt": secrets.token_hex(32)}
    found, _ = SendingDay.objects.get_or_create(day=day, defaults=defaults)
    return found


def _digest(who: str, salt: str) -> str:
    key = f"samtun.sender:{settings.SECRET_KEY}:{salt}".encode()
    return hmac.new(key, who.encode(), "sha256").hexdigest()


def _network(sender: str) -> str:
    try:
        address = ip_address(sender.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, _HOUSE), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def tidy(today: date) -> None:
    """Forget all days before `today`, with their salts."""
    SendingDay.objects.filter(day__lt=today).delete()
