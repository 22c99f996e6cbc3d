"""A real mail server for the tests, which does as it is told."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings


@dataclass
class Post:
    """What the server has taken, and what it answers; the script's first line is used up first."""

    host: str = "127.0.0.1"
    port: int = 0
    recipients: list[str] = field(default_factory=list)  # answers to RCPT, then "250 OK"
    contents: list[str] = field(default_factory=list)  # answers after the letter, then "250 OK"
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    connections: int = 0
    before_answer: Callable[[SMTP], None] = lambda server: None

    @property
    def url(self) -> str:
        """As in SAMTUN_MAIL_URL."""
        return f"smtp://{self.host}:{self.port}/?tls=none&timeout=5"

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        """Count who says hello."""
        self.connections += 1
        session.host_name = hostname
        return lines

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer by the script."""
        answer = self.recipients.pop(0) if self.recipients else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the letter unless the script says otherwise."""
        answer = self.contents.pop(0) if self.contents else "250 OK"
        if answer.startswith("250"):
            parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.taken.append(parsed)
            self.envelopes.append((envelope.mail_from or "", envelope.rcpt_tos))
        self.before_answer(server)
        return answer


@pytest.fixture
def post_office(settings: Settings) -> Iterator[Post]:
    """A mail server on this machine, set as ours."""
    post = Post()
    controller = Controller(post, hostname=post.host, port=_free_port(), decode_data=False)
    controller.start()
    post.port = controller.port
    settings.MAIL_URL, settings.MAIL_FROM = post.url, "Samtun <post@samtun.example>"
    yield post
    controller.stop()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
