"""Servers of our own that tests start: a free port, and waiting until one answers."""

import socket
import subprocess
import time
import urllib.request

START_WITHIN = 400  # seconds, on a slow machine


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when `url` answers.

    Raises:
        RuntimeError: the server ended, or did not answer in time.
    """
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own server
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url}")
