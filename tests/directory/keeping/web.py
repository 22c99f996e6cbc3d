"""Real web servers on this machine, for what looks at web servers."""

import datetime
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socket import socket

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from samtun.directory.keeping.links.looking import Looker, Manners
from samtun.directory.keeping.links.network import Network

HERE = "127.0.0.1"
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """A server: `pages` by path, and what it was asked."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)

    def url(self, path: str = "/", host: str = "kafe.valdres.no", scheme: str = "http") -> str:
        """The address of a page here, under any name."""
        return f"{scheme}://{host}:{self.port}{path}"


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer like this; `Retry_After` is the header Retry-After."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    return answer


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Send a header a byte at a time, for as long as anybody listens."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(600):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.05)


def shouts(handler: BaseHTTPRequestHandler) -> None:
    """Send a header of a megabyte."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 1_000_000 + b"\r\n\r\n")


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server for as long as the block lasts; with `context` over TLS."""
    web: Web

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(f"{self.command} {self.path}")
            web.agents.add(self.headers["User-Agent"])
            web.hosts.add(self.headers["Host"])
            web.pages.get(self.path, says(404))(self)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_arguments: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever hangs up is no error here."""

        def get_request(self) -> tuple[socket, object]:
            connection, client = super().get_request()
            return (
                (context.wrap_socket(connection, server_side=True), client)
                if context
                else (
                    connection,
                    client,
                )
            )

    server = Quiet((HERE, 0), Handler)
    web = Web(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def looker(
    *webs: Web,
    resolve: Callable[[str, int], list[str]] = lambda _host, _port: [HERE],
    certificates: ssl.SSLContext | None = None,
) -> Looker:
    """Looks at our own servers, and for the test does not wait."""
    network = Network(
        "Samtun-test",
        resolve=resolve,
        is_allowed=lambda address: address == HERE,
        ports=frozenset(web.port for web in webs) | {80, 443},
        certificates=certificates or ssl.create_default_context(),
    )
    return Looker(network, Manners(pause=0, sleep=lambda _seconds: None))


def certificate(folder: Path, *names: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for `names`: what a server shows, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Samtun test")])
    today = datetime.datetime.now(datetime.UTC)
    others = [x509.DNSName(name) for name in names] + [x509.IPAddress(ip_address("192.0.2.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(others), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "certificate.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(public, private)
    return server, ssl.create_default_context(cafile=str(public))
