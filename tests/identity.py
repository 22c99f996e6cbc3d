"""A real OpenID Connect server on this machine, for the tests of signing in."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.serving import free_port, wait_for


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
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "-n", "1"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as server:
        try:
            wait_for(f"http://localhost:{port}/.well-known/openid-configuration", server)
            yield IdentityServer(f"http://localhost:{port}")
        finally:
            server.terminate()
