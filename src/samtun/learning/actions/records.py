"""What a learner takes along, brings here, and may have deleted.

The file is JSON that a person can read too. Our signature (with the installation's secret key) says
only that it was made here and not changed since; another installation cannot check it, and marks
what it holds as not checked.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from samtun.learning.actions import certificates
from samtun.learning.actions.evidence import record
from samtun.learning.enums import EvidenceKind, Learnt
from samtun.learning.errors import LearningError
from samtun.learning.models import (
    Answer,
    Evidence,
    Learner,
    LessonDone,
    Participant,
    Progress,
    Reminder,
)
from samtun.learning.queries.certificates import certificates_of
from samtun.organisations.enums import Language

FORM = "samtun-learning-record"
LONGEST = 1_000_000  # bytes
MOST = 1_000  # rows
_FIRST_YEAR = 1950
_MOST_MINUTES = 60_000
_SALT = "samtun.learning.records"


def records_file(learner: Learner) -> str:
    """All that `learner` has done, to take along. Answers are not in it: they prove nothing."""
    rows = Evidence.objects.filter(learner=learner).order_by("done_on", "made_at")
    codes = {one.evidence_id: one.code for one in certificates_of(learner) if not one.withdrawn_at}
    records = {
        "form": FORM,
        "version": 1,
        "made_on": timezone.localdate().isoformat(),
        "made_at_address": settings.PUBLIC_URL,
        "name": learner.name,
        "done": [_row(one, codes.get(one.pk, "")) for one in rows],
    }
    whole = {"about": _about(records), "records": records, "signature": _signature(records)}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _row(evidence: Evidence, code: str) -> dict[str, Any]:
    return {
        "id": str(evidence.pk),
        "kind": evidence.kind,
        "title": evidence.title,
        "done_on": evidence.done_on.isoformat(),
        "minutes": evidence.minutes,
        "language": evidence.language,
        "edition": evidence.edition,
        "learnt": evidence.learnt,
        "publisher": str(evidence.facts.get("publisher", "")),
        "contents": evidence.facts.get("contents", []),
        "certificate": f"{settings.PUBLIC_URL}/kurs/bevis/{code}/" if code else "",
    }


def _about(records: dict[str, Any]) -> list[str]:
    """The same in words, for a person who opens the file."""
    lines = [_("What %(name)s has learnt, from %(address)s.") % {
        "name": records["name"], "address": records["made_at_address"]}]  # fmt: skip
    lines += [f"{row['done_on']}: {row['title']} ({row['minutes']} min)" for row in records["done"]]
    return lines


def _signature(records: object, secret: str | bytes | None = None) -> str:
    text = json.dumps(records, sort_keys=True, separators=(",", ":"))
    return salted_hmac(_SALT, text, secret=secret, algorithm="sha256").hexdigest()


def _is_ours(records: object, signature: object) -> bool:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    given = signature.encode("utf-8", "replace") if isinstance(signature, str) else b""
    return any(
        hmac.compare_digest(_signature(records, secret).encode(), given) for secret in secrets
    )


@dataclass(slots=True)
class Brought:
    """What came of a file: how much is new, was known, could not be read; whether we made it."""

    new: int = 0
    known: int = 0
    is_ours: bool = False
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def bring(*, learner: Learner, content: bytes) -> Brought:
    """Keep what a file says was done elsewhere, as brought along by the person and never more.

    It fulfils nothing by itself: a leader can let it count. A row that makes no sense is told
    about and stops none of the others.

    Raises:
        LearningError: it is no such file.
    """
    records, signature = _read(content)
    is_theirs = records.get("name") == learner.name  # a colleague's file can be ours as well
    brought = Brought(is_ours=is_theirs and _is_ours(records, signature))
    own = {str(pk) for pk in Evidence.objects.filter(learner=learner).values_list("pk", flat=True)}
    for number, row in enumerate(records["done"], start=1):
        try:
            entry = _entry(row)
        except (ValueError, TypeError, KeyError):
            brought.refused.append(_("Row %(number)s cannot be read.") % {"number": number})
            continue
        if str(row.get("id")) in own or not _kept(learner, entry, is_ours=brought.is_ours):
            brought.known += 1
        else:
            brought.new += 1
    return brought


def _read(content: bytes) -> tuple[dict[str, Any], object]:
    refusal = LearningError(_("This is not a file with what somebody has learnt."))
    if len(content) > LONGEST:
        raise LearningError(_("The file is too large."))
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise refusal from error
    records = whole.get("records") if isinstance(whole, dict) else None
    if not isinstance(records, dict) or records.get("form") != FORM:
        raise refusal
    if not isinstance(records.get("done"), list) or len(records["done"]) > MOST:
        raise refusal
    return records, whole.get("signature")


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: EvidenceKind
    title: str
    done_on: date
    minutes: int
    language: str
    publisher: str


def _entry(row: Any) -> _Entry:  # noqa: ANN401  (anything can stand in a file)
    title, minutes = _line(row["title"], 200), row.get("minutes", 0)
    done_on = date.fromisoformat(_line(row["done_on"], 10))
    if not title or not date(_FIRST_YEAR, 1, 1) <= done_on <= timezone.localdate():
        raise ValueError(title)
    if not isinstance(minutes, int) or not 0 <= minutes <= _MOST_MINUTES:
        raise ValueError(minutes)
    language = _line(row.get("language", ""), 8)
    return _Entry(
        kind=EvidenceKind(row["kind"]), title=title, done_on=done_on, minutes=int(minutes),
        language=language if language in Language.values else Language.BOKMAL,
        publisher=_line(row.get("publisher", ""), 200),
    )  # fmt: skip


def _line(text: object, longest: int) -> str:
    if not isinstance(text, str) or len(text) > longest:
        raise ValueError(text)
    text.encode()  # half a letter cannot be kept
    return "".join(_printable(text)).strip()


def _printable(text: str) -> Iterator[str]:
    return (one for one in text if one.isprintable())


def _kept(learner: Learner, entry: _Entry, *, is_ours: bool) -> bool:
    """Whether it is new here."""
    said = f"{entry.kind}|{entry.title}|{entry.done_on}|{entry.minutes}|{entry.publisher}"
    key = f"brought:{learner.pk}:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
    if Evidence.objects.filter(key=key).exists():
        return False
    record(
        learner=learner, kind=entry.kind, title=entry.title, edition=1, language=entry.language,
        minutes=entry.minutes, done_on=entry.done_on, learnt=Learnt.BROUGHT, key=key,
        facts={"contents": [], "publisher": entry.publisher, "is_checked": is_ours},
    )  # fmt: skip
    return True


@transaction.atomic
def delete_answers(*, learner: Learner) -> int:
    """Delete all that the learner has answered and written; how many. What is done stays done."""
    deleted, _tables = Answer.objects.filter(learner=learner).delete()
    return deleted


@transaction.atomic
def renew_calendar(*, learner: Learner) -> None:
    """Their calendar has another address from now on; whoever has the old one sees nothing."""
    rows = Learner.objects.filter(pk=learner.pk)
    rows.update(calendar_number=F("calendar_number") + 1)


@transaction.atomic
def forget(*, learner: Learner) -> None:
    """Forget a learner who asks for it: nobody can tell afterwards who it was.

    Answers, places and certificates go. Evidence is never deleted; it becomes nobody's, and so do
    jobs that have ended and places at group sessions, so that last year's numbers of a unit stay
    as they were.

    Raises:
        LearningError: somebody still employs them, and keeps them on its list.
    """
    goes_on = Q(left_on=None) | Q(left_on__gt=timezone.localdate())
    if learner.employments.filter(goes_on).exists():
        raise LearningError(
            _("Your employer has you on its list. Ask there to be taken off first.")
        )
    certificates.forget(learner=learner)
    for table in (Answer, LessonDone, Progress, Reminder):
        table.objects.filter(learner=learner).delete()
    Participant.objects.filter(learner=learner).update(name="", email="")
    Participant.objects.filter(claimed_by=learner).update(name="", email="", claimed_by=None)
    learner.employments.update(external_id="", directory_id="", user_name="", position="")
    learner.user, learner.name, learner.email = None, "", ""
    learner.save(update_fields=["user", "name", "email"])
