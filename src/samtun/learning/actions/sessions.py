"""A group session from the plan of it to the end: who leads, what is shown, what was concluded.

Every change takes the row of the session first, so that two screens take turns.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.events.models import Event
from samtun.learning.actions.participants import (
    add_names,
    answer_claim,
    claim,
    join,
    match,
    prove,
    register,
    remove,
    unmatch,
)
from samtun.learning.content import Lesson, ModuleContent
from samtun.learning.enums import SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import Course, GroupSession, Module, ModuleVersion, Plan
from samtun.learning.queries import sessions as queries
from samtun.learning.queries.sessions import DISCUSSION, KINDS, LESSON, OWN, Step
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User

__all__ = [
    "NoteChangedError", "add_names", "agree_on", "answer_claim", "cancel", "change", "claim",
    "close", "digest_of", "join", "lead", "match", "note", "open", "plan", "prove", "register",
    "remove", "reopen", "step", "unmatch",
]  # fmt: skip

# Without what looks alike on a projector: 29 letters and digits, 594 million codes.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ234679"
CODE_LENGTH = 6
MOST_STEPS = 40
LONGEST_STEP = 600
LONGEST_NOTE = 4_000


class NoteChangedError(LearningError):
    """Somebody else has written since; `theirs` is what stands there now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(_("Somebody else has written here meanwhile. Nothing is lost."))
        self.theirs = theirs


@transaction.atomic
def plan(
    *,
    module: Module,
    unit: Organization,
    language: str,
    starts_at: datetime,
    course: Course | None = None,
    plan: Plan | None = None,
    item_key: UUID | None = None,
    event: Event | None = None,
    leader: User | None = None,
    is_example: bool = False,
    by: User | None,
) -> GroupSession:
    """A session with the agenda that the module makes by itself; `leader` is `by` unless said.

    Raises:
        LearningError: the module is not published.
    """
    version = queries.version_for(module, language)
    if version is None or module.withdrawn_at is not None:
        raise LearningError(_("This module is not published."))
    agenda = queries.agenda_of(version.content, course.sectors if course else ())
    made = GroupSession.objects.create(
        module=module, course=course, unit=unit, language=version.language, plan=plan,
        item_key=item_key, event=event, leader=leader or by, starts_at=starts_at,
        minutes=_minutes(agenda), agenda=agenda, code=_free_code(), is_example=is_example,
    )  # fmt: skip
    _record("planned", made, by)
    return made


@transaction.atomic
def change(
    *, session: GroupSession, starts_at: datetime, event: Event | None, by: User
) -> GroupSession:
    """When it is to be, and which event it is.

    Raises:
        LearningError: it has begun.
    """
    held = _planned(session)
    held.starts_at, held.event = starts_at, event
    held.save(update_fields=["starts_at", "event"])
    _record("changed", held, by)
    return held


@transaction.atomic
def agree_on(*, session: GroupSession, agenda: Sequence[Step], by: User) -> GroupSession:
    """The agenda as the leader wants it. Points keep their notes by their ids.

    Raises:
        LearningError: it has begun, or the agenda is empty, too long or of things unknown.
    """
    held = _planned(session)
    version = queries.version_of(held)
    held.agenda = _checked(agenda, version)
    held.minutes = _minutes(held.agenda)
    held.save(update_fields=["agenda", "minutes"])
    _record("changed", held, by)
    return held


def _checked(agenda: Sequence[Step], version: ModuleVersion | None) -> list[Step]:
    if not agenda:
        raise LearningError(_("The agenda needs at least one point."))
    if len(agenda) > MOST_STEPS:
        raise LearningError(_("The agenda has too many points."))
    for each in agenda:
        if each["kind"] not in KINDS or not 1 <= each["minutes"] <= LONGEST_STEP:
            raise LearningError(_("A point takes from 1 to 600 minutes."))
        if not each["title"].strip():
            raise LearningError(_("Every point needs a title."))
    if len({each["id"] for each in agenda}) != len(agenda):
        raise LearningError(_("The same point stands there twice."))
    return _still_there(agenda, version.content if version else None)


def _still_there(agenda: Sequence[Step], content: ModuleContent | None) -> list[Step]:
    """A lesson or task that is gone from the module becomes a point of the group's own."""
    lessons = {one["id"]: one for one in content["lessons"]} if content else {}
    return [each if _is_there(each, lessons) else _own(each) for each in agenda]


def _is_there(each: Step, lessons: dict[str, Lesson]) -> bool:
    if not each["lesson"]:
        return each["kind"] not in (LESSON, DISCUSSION)
    lesson = lessons.get(each["lesson"])
    if lesson is None:
        return False
    return not each["block"] or any(one["id"] == each["block"] for one in lesson["blocks"])


def _own(each: Step) -> Step:
    return {**each, "kind": OWN, "lesson": "", "block": ""}


def _minutes(agenda: Sequence[Step]) -> int:
    return sum(each["minutes"] for each in agenda)


@transaction.atomic
def cancel(*, session: GroupSession, by: User) -> None:
    """Take away a session that was never begun.

    Raises:
        LearningError: it has begun.
    """
    held = _planned(session)
    _record("cancelled", held, by)
    held.delete()


@transaction.atomic
def lead(*, session: GroupSession, by: User) -> GroupSession:
    """`by` leads it from now on; a finished one keeps its leader.

    Raises:
        LearningError: it is finished.
    """
    held = _locked(session)
    if held.state == SessionState.CLOSED:
        raise LearningError(_("The session is finished."))
    if held.leader_id != by.pk:
        held.leader = by
        held.save(update_fields=["leader"])
        _record("taken_over", held, by)
    return held


@transaction.atomic
def open(*, session: GroupSession, by: User) -> GroupSession:  # noqa: A001  (the word for it)
    """Begin: from now on this version is shown, and the code counts. Twice is once.

    Raises:
        LearningError: it is finished, or there is nothing to show.
    """
    held = _locked(session)
    if held.state == SessionState.OPEN:
        return held
    if held.state == SessionState.CLOSED:
        raise LearningError(_("The session is finished."))
    version = queries.version_of(held) or queries.version_for(held.module, held.language)
    if version is None:
        raise LearningError(_("This module is not published."))
    held.language, held.version_number = version.language, version.number
    held.agenda = _still_there(held.agenda, version.content)
    held.opened_at = held.stepped_at = timezone.now()
    _let_in(held)
    held.save()
    _record("opened", held, by)
    return held


@transaction.atomic
def step(*, session: GroupSession, number: int, by: User) -> GroupSession:
    """Go to a point of the agenda; its timer begins. To where one is already changes nothing.

    Raises:
        LearningError: the session does not go on.
    """
    held = _locked(session)
    if held.state != SessionState.OPEN:
        raise LearningError(_("The session is not going on."))
    number = min(max(number, 0), len(held.agenda) - 1)
    if number != held.step:
        held.step, held.stepped_at = number, timezone.now()
        held.save(update_fields=["step", "stepped_at"])
    return held


def digest_of(text: str) -> str:
    """What a page says it began from, when it saves a note."""
    return sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def note(*, session: GroupSession, step_id: str, text: str, base: str, by: User) -> GroupSession:
    """What the group concluded at a point. `base` is the digest of the note it was written from.

    The same note sent again is saved already.

    Raises:
        NoteChangedError: another screen has saved something else since `base`.
        LearningError: there is no such point, or the note is too long.
    """
    held = _locked(session)
    if all(each["id"] != step_id for each in held.agenda):
        raise LearningError(_("There is no such point on the agenda."))
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        raise LearningError(_("The note is too long: at most 4000 characters."))
    now = str(held.notes.get(step_id, ""))
    if now == text:
        return held
    if digest_of(now) != base:
        raise NoteChangedError(now)
    held.notes = {**held.notes, step_id: text}
    held.save(update_fields=["notes"])
    return held


@transaction.atomic
def close(*, session: GroupSession, by: User) -> GroupSession:
    """End it: the code is worth nothing any more, and everybody known gets their evidence.

    Raises:
        LearningError: it was never begun.
    """
    held = _locked(session)
    if held.state == SessionState.PLANNED:
        raise LearningError(_("The session has not begun."))
    if held.state == SessionState.CLOSED:
        return held
    held.state, held.closed_at, held.code = SessionState.CLOSED, timezone.now(), _free_code()
    held.save(update_fields=["state", "closed_at", "code"])
    _record("closed", held, by)
    prove(session=held, by=by)
    return held


def may_reopen(session: GroupSession, person: User) -> bool:
    """Whoever led it, on the day it was closed."""
    closed = session.closed_at
    is_today = closed is not None and timezone.localdate(closed) == timezone.localdate()
    return is_today and session.leader_id == person.pk


@transaction.atomic
def reopen(*, session: GroupSession, by: User) -> GroupSession:
    """Go on with a session that was closed too early, with a new code. Evidence stays.

    Raises:
        LearningError: it was closed another day, or somebody else led it.
    """
    held = _locked(session)
    if held.state == SessionState.OPEN:
        return held
    if held.state != SessionState.CLOSED or not may_reopen(held, by):
        raise LearningError(_("Only whoever led it can open it again, and only on the same day."))
    held.closed_at = None
    _let_in(held)
    held.save(update_fields=["state", "closed_at", "code"])
    _record("reopened", held, by)
    return held


def _let_in(held: GroupSession) -> None:
    """The code on paper counts, unless another session has it in this moment."""
    others = GroupSession.objects.filter(state=SessionState.OPEN, code=held.code)
    if others.exclude(pk=held.pk).exists():
        held.code = _free_code()
    held.state = SessionState.OPEN


def _free_code() -> str:
    """A code that no session has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _each in range(CODE_LENGTH))
        if not GroupSession.objects.filter(code=code).exists():
            return code


def _locked(session: GroupSession) -> GroupSession:
    list(GroupSession.objects.select_for_update().filter(pk=session.pk).values_list("pk"))
    found = queries.session_with(session.pk)
    if found is None:
        raise LearningError(_("The session is gone."))
    return found


def _planned(session: GroupSession) -> GroupSession:
    held = _locked(session)
    if held.state != SessionState.PLANNED:
        raise LearningError(_("The session has begun, so this cannot be changed any more."))
    return held


def _record(what: str, session: GroupSession, by: User | None) -> None:
    details: dict[str, object] = {"module": session.module.slug}
    audit.record(f"group_session.{what}", by=by, about=session, details=details)
