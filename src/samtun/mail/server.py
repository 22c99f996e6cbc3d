"""The mail server that takes our letters, from `SAMTUN_MAIL_URL` and `SAMTUN_MAIL_FROM`."""

import smtplib
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from samtun.mail.addresses import is_valid
from samtun.mail.errors import SettingsError

_WAYS = {"starttls": 587, "ssl": 465, "none": 25}
_FORM = "it should look like smtp://user:password@host:587/?tls=starttls"
_LONGEST = 120  # seconds; well below the time after which a claimed letter counts as uncertain


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed over, and from whom."""

    host: str
    port: int
    tls: str  # "starttls", "ssl" or "none"
    sender: str
    timeout: float = 30
    username: str = ""
    password: str = field(default="", repr=False)


def server() -> Server | None:
    """The server of the settings; `None` when none is set, and letters wait.

    Raises:
        SettingsError: the settings cannot be understood. The text never shows the password.
    """
    if not settings.MAIL_URL:
        return None
    try:
        return _parsed(urlsplit(settings.MAIL_URL))
    except ValueError as error:
        raise SettingsError(f"SAMTUN_MAIL_URL cannot be understood: {error}") from None


def _parsed(url: SplitResult) -> Server:
    port = _port(url)
    if url.scheme != "smtp" or not url.hostname:
        raise ValueError(_FORM)
    options = {name: values[-1] for name, values in parse_qs(url.query).items()}
    tls = options.get("tls", "ssl" if port == _WAYS["ssl"] else "starttls")
    if tls not in _WAYS:
        raise ValueError("tls is starttls, ssl or none")
    username = unquote(url.username or "")
    return Server(
        host=url.hostname,
        port=port or _WAYS[tls],
        tls=tls,
        sender=_sender(username),
        timeout=_timeout(options.get("timeout", "30")),
        username=username,
        password=unquote(url.password or ""),
    )


def _port(url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError:  # its text quotes what may be a part of the password
        raise ValueError(_FORM) from None


def _timeout(given: str) -> float:
    seconds = float(given) if given.replace(".", "", 1).isdigit() else 0
    if not 1 <= seconds <= _LONGEST:
        raise ValueError(f"timeout is between 1 and {_LONGEST} seconds")
    return seconds


def _sender(username: str) -> str:
    for candidate in (settings.MAIL_FROM, username):
        if is_valid(parseaddr(candidate)[1]):
            return str(candidate)
    raise SettingsError("SAMTUN_MAIL_FROM should say whom letters come from")


class _Noting(smtplib.SMTP):
    """A connection that remembers whether the letter itself was being handed over."""

    handed_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401  # as in smtplib
        self.handed_over = True
        return super().data(msg)


class _NotingWithTLS(_Noting, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class Link(EmailBackend):
    """Django's SMTP connection, kept open for a batch of letters."""

    def __init__(self, server: Server) -> None:
        super().__init__(
            host=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.tls == "starttls",
            use_ssl=server.tls == "ssl",
            timeout=server.timeout,
        )

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Ours, which take notes."""
        return _NotingWithTLS if self.use_ssl else _Noting

    @property
    def handed_over(self) -> bool:
        """Whether the last letter left for the server, so that it may have been taken."""
        return bool(getattr(self.connection, "handed_over", False))

    def begin(self) -> None:
        """Connect when there is no connection; forget the letter before."""
        self.open()
        if self.connection is not None:
            self.connection.handed_over = False  # type: ignore[attr-defined]  # `_Noting`

    def leave(self) -> None:
        """Say goodbye, whatever state the connection is in."""
        try:
            self.close()
        except OSError:
            self.connection = None
