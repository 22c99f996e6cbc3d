"""Which addresses may be looked at: the open web, and nothing behind our own doors."""

import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from samtun.directory.enums import LinkProblem
from samtun.directory.keeping.links.errors import CannotLook

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
RESOLVE_WITHIN = 5.0  # seconds
# RFC 2606, 6761, 6762, 8375, 9476: names that lead nowhere, or into a house.
_RESERVED = frozenset(
    {"example", "test", "invalid", "localhost", "local", "internal", "lan", "home", "corp", "arpa",
     "onion", "alt", "intranet"}
)  # fmt: skip
_RESERVED_DOMAINS = ("example.com", "example.net", "example.org")
# What `is_global` lets through though it leads, or may lead, somewhere else than it says: IPv4
# inside IPv6 (mapped, compatible, NAT64, Teredo, 6to4), old site-local, relays, a cloud's own door.
_DISGUISED = tuple(
    ip_network(each)
    for each in (
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48",
        "2001::/32", "2002::/16", "fec0::/10", "192.88.99.0/24", "168.63.129.16/32",
    )
)  # fmt: skip
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE = "/%:@!$&'()*+,;=-._~?"

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` in ASCII, `path` with its query as it goes over the wire."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        """The host as it stands in an address: with its port when that is unusual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def robots_url(self) -> str:
        """Where the host says what robots may do."""
        return f"{self.scheme}://{self.name}/robots.txt"


def target_of(url: str, ports: frozenset[int] = frozenset(PORTS.values())) -> Target:
    """`url` taken apart.

    Raises:
        CannotLook: it is no plain address on the open web: another scheme or port, a user name,
            a name that is reserved or has no dot.
    """
    if len(url) > LONGEST or _UNFIT.search(url):
        raise CannotLook(LinkProblem.ADDRESS)
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
        host = _in_ascii(parts.hostname or "")
    except (ValueError, KeyError) as error:
        raise CannotLook(LinkProblem.ADDRESS) from error
    if "@" in parts.netloc or port not in ports or not _may_be_asked_for(host):
        raise CannotLook(LinkProblem.ADDRESS)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Target(parts.scheme, host, port, (quote(parts.path, safe=_SAFE) or "/") + query)


def _in_ascii(host: str) -> str:
    """The name as it is looked up; `Å.no` is `xn--5ca.no`. UnicodeError is a ValueError."""
    if ":" in host:
        return host
    return host.rstrip(".").encode("idna").decode("ascii").lower()


def _may_be_asked_for(host: str) -> bool:
    """Numbers pass here in any writing: what they lead to is decided after the look-up."""
    if ":" in host or host.replace(".", "").isdigit():
        return True
    last = host.rpartition(".")[2]
    return "." in host and last not in _RESERVED and not host.endswith(_RESERVED_DOMAINS)


def is_public(address: str) -> bool:
    """Whether the IP `address` is somebody's on the open internet, and says itself what it is."""
    if "%" in address:
        return False
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if any(ip in network for network in _DISGUISED if network.version == ip.version):
        return False
    odd = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local
    if isinstance(ip, IPv6Address):
        odd = odd or ip.is_site_local
    return ip.is_global and not ip.is_private and not ip.is_loopback and not odd


def resolved(host: str, port: int) -> list[str]:
    """The addresses that the system finds for `host`, in its order of preference.

    Raises:
        CannotLook: there is no such name, or nobody answered in time. The system's own patience
            cannot be set, so it asks in a thread that is left behind when it takes too long.
    """
    found: list[list[str] | OSError] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.append([str(answer[4][0]) for answer in answers])
        except (OSError, UnicodeError) as error:
            found.append(error if isinstance(error, OSError) else socket.gaierror(str(error)))

    asking = threading.Thread(target=ask, name="link-lookup", daemon=True)
    asking.start()
    asking.join(RESOLVE_WITHIN)
    if not found:
        raise CannotLook(LinkProblem.NO_ANSWER)
    if isinstance(found[0], OSError):
        is_nowhere = found[0].errno == socket.EAI_NONAME
        raise CannotLook(LinkProblem.NO_HOST if is_nowhere else LinkProblem.NO_ANSWER)
    return list(dict.fromkeys(found[0]))
