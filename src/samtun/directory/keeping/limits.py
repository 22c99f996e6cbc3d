"""How much one sender, and all together, may write to us in a day.

A sender is told from others by a digest of their network: a memory of one worker would forget at
the next, and a cache may be none, so the counts are rows. The digest is salted anew each day and
the salt is deleted with the day, so that nobody can tell afterwards whose it was.
"""

import hmac
import secrets
from collections.abc import Iterable, Sequence
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


def has_left(sender: str, *, purpose: str, most: int) -> bool:
    """Whether `may_send` would say yes now; counts nothing."""
    day = _today(timezone.localdate())
    digest = _digest(f"{purpose}:{_network(sender)}", day.salt)
    return not SenderCount.objects.filter(day=day, digest=digest, count__gte=most).exists()


def may_send_to(
    sender: str, addresses: Iterable[str], *, purpose: str, most: int, most_each: int
) -> bool:
    """Both of them at once, for what makes us write to `addresses`; counts up to the first no."""
    claims = [(_network(sender), most)]
    claims += [(one, most_each) for one in dict.fromkeys(map(_written, addresses))]
    return _may_all(claims, purpose)


def _may(who: str, purpose: str, most: int) -> bool:
    return _may_all([(who, most)], purpose)


def _may_all(claims: Sequence[tuple[str, int]], purpose: str) -> bool:
    """Two queries, and one for each that is counted; nobody waits for another's transaction."""
    day = _today(timezone.localdate())
    digests = [_digest(f"{purpose}:{who}" if purpose else who, day.salt) for who, _ in claims]
    # In one order, so that two who write the same rows in the same moment do not block each other.
    fresh = [SenderCount(day=day, digest=digest) for digest in sorted(set(digests))]
    SenderCount.objects.bulk_create(fresh, ignore_conflicts=True)
    return all(
        SenderCount.objects.filter(day=day, digest=digest, count__lt=most).update(
            count=F("count") + 1
        )
        for digest, (_, most) in zip(digests, claims, strict=True)
    )


def _today(day: date) -> SendingDay:
    defaults = {"salt": secrets.token_hex(32)}
    found, _ = SendingDay.objects.get_or_create(day=day, defaults=defaults)
    return found


def _digest(who: str, salt: str) -> str:
    key = f"samtun.sender:{settings.SECRET_KEY}:{salt}".encode()
    return hmac.new(key, who.encode(), "sha256").hexdigest()


def _written(address: str) -> str:
    return address.strip().casefold()


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
