"""Reading the reports that letters which come back bring with them (RFC 3464).

Anybody can write to us and say that an address is dead. So a report counts only when it gives the
Message-ID of a letter of ours to that very address, which nobody can guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

from samtun.mail.addresses import comparable
from samtun.mail.answers import is_permanent

LONGEST = 1_000_000  # bytes; what is longer is cut, and its first part read
_MOST_RECIPIENTS = 20
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,190}>")
_NAMING = ("Message-ID", "In-Reply-To", "References")


@dataclass(frozen=True, slots=True)
class Returned:
    """What a report says: who could not be reached for good, and which letters it may be about."""

    answers: dict[str, str]  # by address, comparable
    message_ids: frozenset[str]


def read(report: bytes) -> Returned:
    """What `report` says; nothing when it is no report. Never raises, whatever the bytes."""
    try:
        message = message_from_bytes(report[:LONGEST], policy=policy.compat32)
        parts = list(message.walk())
    except RecursionError:  # parts within parts within parts: nobody's report
        return Returned({}, frozenset())
    answers: dict[str, str] = {}
    for block in _blocks(parts):
        address, status = _recipient(block), _plain(block, "Status")[:20]
        if address and is_permanent(status) and len(answers) < _MOST_RECIPIENTS:
            answers[address] = status
    return Returned(answers, frozenset(_message_ids(parts)))


def _blocks(parts: list[Message]) -> Iterator[Message]:
    """The fields about each recipient for whom delivery failed."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            blocks = payload if isinstance(payload, list) else []
            for block in blocks:
                if isinstance(block, Message) and _plain(block, "Action").lower() == "failed":
                    yield block


def _recipient(block: Message) -> str:
    """Whom we wrote to, which may have been sent on to somebody else."""
    given = _plain(block, "Original-Recipient") or _plain(block, "Final-Recipient")
    _, _, address = given.partition(";")
    return comparable(address.strip().strip("<>"))


def _message_ids(parts: list[Message]) -> Iterator[str]:
    for part in parts:
        for name in _NAMING:
            yield from _MESSAGE_ID.findall(_plain(part, name))
        if part.get_content_type() == "text/rfc822-headers":
            yield from _MESSAGE_ID.findall(str(part.get_payload()))


def _plain(part: Message, name: str) -> str:
    return str(part.get(name, "")).strip()
