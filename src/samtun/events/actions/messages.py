"""Word from an organiser to those who come."""

import uuid

from django.db import transaction

from samtun.events import notices
from samtun.events.enums import NoticeKind
from samtun.events.models import Intake, Message
from samtun.events.queries.readers import readers
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def write(
    *,
    intake: Intake,
    subject: str,
    text: str,
    to_waiting: bool,
    by: User,
    key: uuid.UUID | None = None,
) -> Message:
    """Let those with seats (and those who wait) be told; the same `key` again tells nobody twice.

    The trail knows that it was written, to how many, and not what.
    """
    message, is_new = Message.objects.get_or_create(
        pk=key or uuid.uuid4(),
        defaults={
            "intake": intake,
            "subject": subject,
            "text": text,
            "to_waiting": to_waiting,
            "written_by": by,
        },
    )
    if not is_new:
        return message
    parties = list(readers(intake, to_waiting=to_waiting))
    notices.tell_all(parties, NoticeKind.MESSAGE, matter=str(message.pk), message=message)
    details = {"intake": str(intake.pk), "parties": len(parties), "to_waiting": to_waiting}
    audit.record("message.written", by=by, about=intake.event, details=details)
    return message
