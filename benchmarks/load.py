"""A small load generator: closed-loop clients on raw sockets, so that it costs little itself.

It only ever asks 127.0.0.1, for a bounded number of requests, and stops by itself.
"""

import itertools
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Measured:
    """`seconds` per answered request, sorted; `lasted` seconds altogether."""

    seconds: list[float]
    lasted: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted

    def percentile(self, share: float) -> float:
        """Milliseconds that `share` (0–1) of the answers stayed within."""
        return self.seconds[min(int(share * len(self.seconds)), len(self.seconds) - 1)] * 1000


class Client:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def get(self, path: str, headers: str = "") -> tuple[int, bytes]:
        """Status and body; the answer must say its length."""
        request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{headers}\r\n"
        self._socket.sendall(request.encode("ascii"))
        head = self._until(b"\r\n\r\n")
        status = int(head[9:12])
        length = next(
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length")
        )
        return status, self._exactly(length)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._buffer:
            self._more()
        head, _, self._buffer = self._buffer.partition(mark)
        return head

    def _exactly(self, length: int) -> bytes:
        while len(self._buffer) < length:
            self._more()
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return body

    def _more(self) -> None:
        chunk = self._socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        self._buffer += chunk

    def close(self) -> None:
        """End the connection."""
        self._socket.close()


def run(port: int, paths: Sequence[str], *, clients: int, requests: int) -> Measured:
    """Ask `requests` times in all, going through `paths`, with `clients` at once.

    Raises:
        AssertionError: when an answer is not 200.
    """
    shares = [
        list(itertools.islice(itertools.cycle(paths), n, requests, clients)) for n in range(clients)
    ]
    taken: list[float] = []
    threads = [threading.Thread(target=_ask, args=(port, share, taken)) for share in shares]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = perf_counter() - started
    assert len(taken) == requests, "some requests failed"
    return Measured(sorted(taken), lasted)


def _ask(port: int, paths: list[str], taken: list[float]) -> None:
    client = Client(port)
    for path in paths:
        started = perf_counter()
        status, _ = client.get(path)
        taken.append(perf_counter() - started)
        assert status == 200, f"{path}: {status}"
    client.close()
