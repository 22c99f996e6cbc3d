"""The outbox, and the addresses that letters come back from."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samtun.mail.enums import LetterState, Reason


class Letter(models.Model):
    """One letter to one reader, kept until a mail server has taken it; see `mail.sending`.

    `text` and `html` (the content only; `rendering.document` puts the frame around it) are emptied
    when they have had their time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # An iTIP message (RFC 5546) for the reader's calendar; its METHOD is the MIME part's too.
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=8)
    purpose = models.CharField(max_length=40)  # e.g. "confirmation"; "account.…" holds secrets
    key = models.CharField(max_length=200, blank=True)  # the same one is never posted twice
    message_id = models.CharField(max_length=200, unique=True)  # the same in every try
    state = models.CharField(
        max_length=12, choices=LetterState.choices, default=LetterState.WAITING
    )
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    answer = models.CharField(max_length=20, blank=True)  # the server's codes, e.g. "550 5.1.1"
    posted_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)  # tried from then on
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="letter_key_posted_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.SENT) | Q(sent_at__isnull=False),
                name="letter_sent_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state=LetterState.WAITING),
                name="letter_waiting",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(state=LetterState.SENDING),
                name="letter_sending",
            ),
            models.Index(fields=["-posted_at", "-id"], name="letter_newest"),
            models.Index(fields=["state", "-posted_at", "-id"], name="letter_state"),
        ]

    @property
    def is_emptied(self) -> bool:
        """Whether what it said has been deleted."""
        return not self.text

    @property
    def can_be_sent_again(self) -> bool:
        """Whether somebody may decide to send it (once more)."""
        stuck = {LetterState.FAILED, LetterState.UNCERTAIN, LetterState.REFUSED}
        return self.state in stuck and not self.is_emptied


class BouncedAddress(models.Model):
    """An address that a letter came back from: nothing more is sent there until it is cleared.

    Kept readable, in small letters, since each new letter's address is compared with it.
    """

    address = models.CharField(max_length=320, unique=True)
    answer = models.CharField(max_length=20, blank=True)  # codes only, e.g. "550 5.1.1"
    bounced_at = models.DateTimeField(default=timezone.now)
