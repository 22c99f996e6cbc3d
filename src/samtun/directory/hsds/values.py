"""Single values as HSDS 3.1 wants them; what cannot be made valid becomes None and is left out."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.utils.encoding import iri_to_uri

_PART = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62})\.)*[A-Za-z0-9][A-Za-z0-9\-]{0,62}\.?"
_WEB_ADDRESS = re.compile(
    rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:/{_PART}*)*(?:\?(?:{_PART}|[/?])*)?(?:#(?:{_PART}|[/?])*)?"
)
_URN = re.compile(rf"urn:[A-Za-z0-9][A-Za-z0-9\-]{{1,31}}:(?:{_PART}|/)+")
_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+"
_EMAIL = re.compile(
    rf"{_WORD}(?:\.{_WORD})*@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{{2,63}}"
)
_WEEKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"})


@lru_cache(maxsize=4096)
def uri(value: str) -> str | None:
    """A web address or URN after RFC 3986; letters beyond ASCII are encoded, others dropped."""
    address = value.strip()
    if not address.isascii():
        address = _encoded(address)
    if _WEB_ADDRESS.fullmatch(address) or _URN.fullmatch(address):
        return address
    return None


def _encoded(address: str) -> str:
    scheme, separator, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return scheme + separator + host + slash + str(iri_to_uri(path))


@lru_cache(maxsize=4096)
def email(value: str) -> str | None:
    """An e-mail address that everybody's checker takes."""
    return value if _EMAIL.fullmatch(value) else None


def moment(value: datetime) -> str:
    """A moment in UTC with milliseconds, as in HSDS's own examples; without offset it is UTC."""
    if value.utcoffset():
        value = value.astimezone(UTC)
    return value.isoformat(timespec="milliseconds")[:23] + "Z"


def key(value: UUID | str) -> UUID:
    """An identifier, also as SQLite keeps it."""
    return UUID(int=int(value, 16)) if isinstance(value, str) else value


def day(value: date) -> str:
    """A date as YYYY-MM-DD."""
    return value.isoformat()


def clock(value: time) -> str:
    """A time of day in Norway as HH:MM. No offset: it would be wrong half the year."""
    return value.isoformat(timespec="minutes")


def number(value: Decimal) -> float:
    """An amount as a JSON number."""
    return float(value)


def weekday(value: str) -> str | None:
    """A weekday of RFC 5545."""
    return value if value in _WEEKDAYS else None
