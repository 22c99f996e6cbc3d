"""A real OpenID Connect server on this machine, for the tests of signing in."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

START_WITHIN = 30


@dataclass(frozen=True)
class IdentityServer:
    """Where it is, and who has an account there."""

    url: str

    def has(self, sub: str, **claims: object) -> str:
        """Make or change somebody there; returns who they are called there."""
        self._send("PUT", f"/users/{sub}", json.dumps(claims).encode(), "application/json")
        return sub

    def answer(self, authorize_url: str, sub: str) -> str:
        """Say yes as `sub`; where the server then sends the browser."""
        return self._send(
            "POST", authorize_url.removeprefix(self.url), f"sub={sub}".encode(),
            "application/x-www-form-urlencoded",
        )  # fmt: skip

    def _send(self, method: str, path: str, body: bytes, kind: str) -> str:
        request = urllib.request.Request(  # noqa: S310  # our own server
            self.url + path, data=body, method=method, headers={"Content-Type": kind}
        )
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=10):
                return ""
        except urllib.error.HTTPError as answer:
            with answer:
                if answer.code not in {302, 303}:
                    raise RuntimeError(answer.read().decode()) from answer
                return str(answer.headers["Location"])


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:  # type: ignore[override]
        """Tell where to, and go no further."""


@contextmanager
def running() -> Iterator[IdentityServer]:
    """A server, for as long as the block lasts. It insists on a nonce."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "-n", "1"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as server:
        try:
            _wait_for(f"http://localhost:{port}/.well-known/openid-configuration", server)
            yield IdentityServer(f"http://localhost:{port}")
        finally:
            server.terminate()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own server
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the OpenID Connect server did not start")
