"""One request to one address that has been checked; nothing is followed, kept or unpacked."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from socket import SHUT_RDWR
from time import monotonic

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from samtun.directory.enums import LinkProblem
from samtun.directory.keeping.links.errors import CannotLook
from samtun.directory.keeping.links.targets import PORTS, Resolve, Target, is_public, resolved

CONNECT_WITHIN = 5.0  # seconds
LOOK_WITHIN = 20.0
MOST_READ = 64 * 1024


class Deadline:
    """When a whole look must be over; waiting out of politeness does not count."""

    def __init__(self, seconds: float = LOOK_WITHIN) -> None:
        self._ends = monotonic() + seconds

    def left(self) -> float:
        """Seconds left.

        Raises:
            CannotLook: none are.
        """
        left = self._ends - monotonic()
        if left <= 0:
            raise CannotLook(LinkProblem.NO_ANSWER)
        return left

    def extend(self, seconds: float) -> None:
        """Somebody waited on purpose."""
        self._ends += seconds


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


def trusted() -> ssl.SSLContext:
    """The certificates that this machine trusts, names checked."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Network:
    """The way out. What may be reached is given here, so that tests can let in a server of theirs.

    Proxies of the environment are not used, no cookie is kept, and nothing is decompressed.
    """

    user_agent: str
    resolve: Resolve = resolved
    is_allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset(PORTS.values())
    certificates: ssl.SSLContext = field(default_factory=trusted)

    def ask(self, method: str, target: Target, deadline: Deadline, *, read: int = 0) -> Reply:
        """The answer of `target`, with at most `read` bytes of its body.

        Raises:
            CannotLook: it may not be reached, or does not answer as it should.
        """
        connection = self._connection(target, self._address(target), deadline)
        try:
            with _until(deadline, connection):
                return _answer(connection, method, target, self.user_agent, read)
        except ssl.SSLCertVerificationError as error:
            raise CannotLook(LinkProblem.CERTIFICATE) from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise CannotLook(_problem_of(error)) from error
        finally:
            connection.close()

    def _address(self, target: Target) -> str:
        """The address to connect to. One that is ours among several is enough to refuse."""
        found = self.resolve(target.host, target.port)
        if not found:
            raise CannotLook(LinkProblem.NO_HOST)
        if not all(map(self.is_allowed, found)):
            raise CannotLook(LinkProblem.ADDRESS)
        return next((each for each in found if ":" not in each), found[0])

    def _connection(self, target: Target, address: str, deadline: Deadline) -> HTTPConnection:
        """To `address` and nowhere else: the name is not looked up again."""
        timeout = min(CONNECT_WITHIN, deadline.left())
        if target.scheme == "http":
            return HTTPConnection(address, target.port, timeout=timeout)
        return HTTPSConnection(
            address,
            target.port,
            timeout=timeout,
            ssl_context=self.certificates,
            server_hostname=target.host,
        )


def _answer(
    connection: HTTPConnection, method: str, target: Target, user_agent: str, read: int
) -> Reply:
    connection.request(
        method,
        target.path,
        headers={
            "Host": target.name,
            "User-Agent": user_agent,
            "Accept": "text/html, */*;q=0.5",
            "Accept-Language": "nb, nn, no, en",
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
        preload_content=False,
        decode_content=False,
    )
    response: BaseHTTPResponse = connection.getresponse()
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = response.read(read, decode_content=False) if read else b""
    return Reply(response.status, headers, body)


@contextmanager
def _until(deadline: Deadline, connection: HTTPConnection) -> Iterator[None]:
    """Hang up when the time is out, however slowly the server drips."""
    connection.connect()  # a handshake has one limit for all of it
    connection.sock.settimeout(deadline.left())
    over = threading.Event()

    def hang_up() -> None:
        over.set()
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(SHUT_RDWR)

    watch = threading.Timer(deadline.left(), hang_up)
    watch.daemon = True
    watch.start()
    try:
        yield
        if over.is_set():
            raise CannotLook(LinkProblem.NO_ANSWER)
    finally:
        watch.cancel()


def _problem_of(error: Exception) -> LinkProblem:
    """What urllib3 wraps is judged by what it wraps."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return LinkProblem.CERTIFICATE
        seen = seen.__cause__ or seen.__context__
    return LinkProblem.NO_ANSWER
