"""Who was at a group session, and that each of them gets their own evidence, once.

Until the evidence is written everything can be put right; afterwards nothing takes it back.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.actions import evidence
from samtun.learning.actions.employees import learner_at
from samtun.learning.enums import Joined, Learnt, SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import GroupSession, Learner, Participant
from samtun.learning.queries import sessions as queries
from samtun.people import audit
from samtun.people.models import User

MOST_PARTICIPANTS = 300
LONGEST_NAME = 60
CLAIM_WITHIN = timedelta(days=60)


@transaction.atomic
def join(
    *,
    session: GroupSession,
    learner: Learner | None = None,
    name: str = "",
    email: str = "",
    key: UUID | None = None,
) -> Participant:
    """Somebody who has the code: a learner, or whoever writes a first name. Sent twice is once.

    `key` is made with the form, so that the same form is the same participant.

    Raises:
        LearningError: the session does not go on, is full, or no name was written.
    """
    _turn(session)
    if not GroupSession.objects.filter(pk=session.pk, state=SessionState.OPEN).exists():
        raise LearningError(_("The session is not going on."))
    if learner is not None:
        return _with_account(session, learner, Joined.CODE)
    known = Participant.objects.filter(pk=key).first() if key else None
    if known is not None and known.session_id == session.pk:
        return known
    new = uuid4() if known is not None or key is None else key
    return _named(session, name, Joined.NAME, email=email.strip().lower(), key=new)


@transaction.atomic
def register(
    *, session: GroupSession, learner: Learner, is_here: bool, by: User
) -> Participant | None:
    """An employee of the unit, ticked on the list, or not after all. Twice is once.

    Raises:
        LearningError: not begun, no employee of the unit, or evidence is written already.
    """
    _turn(session)
    _begun(session)
    found = session.participants.filter(learner=learner).first()
    if not is_here:
        if found is not None:
            remove(participant=found, by=by)
        return None
    if found is not None:
        return found
    if learner.pk not in _colleagues(session):
        raise LearningError(_("They do not work in this unit."))
    return _with_account(session, learner, Joined.LIST)


@transaction.atomic
def add_names(*, session: GroupSession, names: Iterable[str], by: User) -> list[Participant]:
    """First names that the leader writes down, for later matching.

    Raises:
        LearningError: not begun, or it is full.
    """
    _turn(session)
    _begun(session)
    made = [_named(session, name, Joined.NAME) for name in names if name.strip()]
    if made:
        _record("names_added", session, by, len(made))
    return made


@transaction.atomic
def remove(*, participant: Participant, by: User | None) -> None:
    """Take somebody off the list. `by` None: the person, who has the link of their own.

    Raises:
        LearningError: their evidence is written.
    """
    held = _free(participant)
    if (
        by is None
        and not GroupSession.objects.filter(pk=held.session_id, state=SessionState.OPEN).exists()
    ):
        raise LearningError(_("The session is finished. Ask whoever led it."))
    if by is not None and held.session.state == SessionState.CLOSED:
        _record("participant_removed", held.session, by, 1)
    held.delete()


@transaction.atomic
def remove_names(*, session: GroupSession, keys: Iterable[UUID], by: User) -> int:
    """Take names that nobody is found for off the list, many at once; how many that were."""
    _turn(session)
    names = session.participants.filter(learner=None, evidence=None, claimed_by=None)
    wanted = set(keys)
    found = [pk for pk in names.values_list("pk", flat=True) if pk in wanted]
    Participant.objects.filter(pk__in=found).delete()
    if found:
        _record("participant_removed", session, by, len(found))
    return len(found)


@transaction.atomic
def match(*, participant: Participant, learner: Learner, by: User) -> Participant:
    """Say who a name is: an employee of the unit. It can be put right until evidence is written.

    Raises:
        LearningError: no employee of the unit, on the list already, or evidence is written.
    """
    held = _free(participant)
    if learner.pk == held.learner_id:
        return held
    if learner.pk not in _colleagues(held.session):
        raise LearningError(_("They do not work in this unit."))
    _tie(held, learner)
    _record("participant_matched", held.session, by, 1)
    return held


@transaction.atomic
def unmatch(*, participant: Participant, by: User) -> Participant:
    """A name is a name again.

    Raises:
        LearningError: evidence is written.
    """
    held = _free(participant)
    held.learner = None
    held.save(update_fields=["learner"])
    _record("participant_matched", held.session, by, 1)
    return held


@transaction.atomic
def claim(*, session: GroupSession, learner: Learner, name: str = "") -> Participant:
    """ "That was me", says somebody with an account; it counts when the leader says yes.

    `name` is what they wrote or were called; without a name of just that it is a new line.

    Raises:
        LearningError: it is not their unit, too long ago, or not begun.
    """
    _turn(session)
    _begun(session)
    mine = session.participants.filter(Q(learner=learner) | Q(claimed_by=learner)).first()
    if mine is not None:
        return mine
    if not may_claim(session, learner):
        raise LearningError(_("Ask whoever led the session to write you down."))
    said = " ".join(name.split()).casefold()
    free = session.participants.filter(learner=None, claimed_by=None)
    names = [one for one in free if said and one.name.casefold() == said]
    held = names[0] if len(names) == 1 else _named(session, name or learner.name, Joined.NAME)
    held.claimed_by = learner
    held.save(update_fields=["claimed_by"])
    return held


@transaction.atomic
def claim_own(*, participant: Participant, learner: Learner) -> Participant:
    """The same, by whoever wrote the name and signs in afterwards; they have the link.

    While it goes on it is simply them.

    Raises:
        LearningError: evidence is written, or they stand on the list already.
    """
    held = _free(participant)
    there = held.session.participants.filter(Q(learner=learner) | Q(claimed_by=learner))
    if there.exclude(pk=held.pk).exists() or held.learner_id not in (None, learner.pk):
        raise LearningError(_("You are on the list already."))
    if held.session.state == SessionState.OPEN:
        held.learner, held.email = learner, ""
    elif held.learner_id is None:
        held.claimed_by = learner
    held.save(update_fields=["learner", "email", "claimed_by"])
    return held


def may_claim(session: GroupSession, learner: Learner) -> bool:
    """Whoever worked in the unit that day, for sixty days."""
    opened = session.opened_at
    is_recent = opened is not None and timezone.now() - opened <= CLAIM_WITHIN
    return is_recent and learner.pk in _colleagues(session)


@transaction.atomic
def answer_claim(*, participant: Participant, is_true: bool, by: User) -> Participant:
    """The leader says whether it was them.

    Raises:
        LearningError: nobody claims it, or they stand on the list already.
    """
    held = _free(participant)
    claimed = held.claimed_by
    if claimed is None:
        raise LearningError(_("Nobody says that this was them."))
    held.claimed_by = None
    held.save(update_fields=["claimed_by"])
    if is_true:
        _tie(held, claimed)
        _record("participant_matched", held.session, by, 1)
        if held.session.state == SessionState.CLOSED:
            prove(session=held.session, by=by, only=[held.pk])
            held.refresh_from_db()
    return held


@transaction.atomic
def prove(*, session: GroupSession, by: User | None, only: Sequence[UUID] = ()) -> int:
    """Write the evidence of everybody known who has none yet; how many that were.

    Whoever left an address becomes the learner with it, unless that is somebody of another name.
    First names wait until they are matched.

    Raises:
        LearningError: the session goes on.
    """
    _turn(session)
    if session.state != SessionState.CLOSED:
        raise LearningError(_("The session is not finished."))
    waiting = session.participants.filter(evidence=None, claimed_by=None).select_related("learner")
    those = waiting.filter(pk__in=only) if only else waiting
    known = those.filter(Q(learner__isnull=False) | ~Q(email="")).order_by("joined_at", "pk")
    done = sum(_proved(each, session, by) for each in known)
    if done:
        _record("evidence_written", session, by, done)
    return done


def _proved(participant: Participant, session: GroupSession, by: User | None) -> bool:
    learner = participant.learner or _learner_at(participant)
    if learner is None:
        return False
    others = session.participants.filter(learner=learner).exclude(pk=participant.pk)
    if others.exists():  # the same person, by name and address and by account
        participant.delete()
        return False
    participant.learner, participant.email = learner, ""
    participant.evidence = evidence.record_module(
        learner=learner,
        module=session.module,
        course=session.course,
        language=session.language,
        number=session.version_number or 0,
        done_on=held_on(session),
        learnt=Learnt.GROUP,
        by=by,
    )
    participant.save(update_fields=["learner", "email", "evidence"])
    return True


def _learner_at(participant: Participant) -> Learner | None:
    """Whose address it is, when they are called what was written: the leader sees only the name.

    Under another name it waits for the leader, so that nobody writes down who is not there.
    """
    if found := learner_at(participant.email):
        return found if _is_called(found, participant.name) else None
    return Learner.objects.create(
        name=participant.name, email=participant.email, language=participant.session.language
    )


def _is_called(learner: Learner, name: str) -> bool:
    own = {*learner.name.casefold().split()}
    return not own or bool(own & {*name.casefold().split()})


def held_on(session: GroupSession) -> date:
    """The day it was, in Norway."""
    return timezone.localdate(session.opened_at or session.starts_at)


@transaction.atomic
def forget(today: date) -> int:
    """Names and addresses that nobody has matched in ninety days go; how many it was stays."""
    since = today - timedelta(days=90)
    old = Participant.objects.filter(learner=None, session__opened_at__date__lt=since)
    return old.exclude(name="", email="").update(name="", email="", claimed_by=None)


def _with_account(session: GroupSession, learner: Learner, joined: Joined) -> Participant:
    found = session.participants.filter(learner=learner).first()
    if found is not None:
        return found
    _room(session)
    return Participant.objects.create(
        session=session, learner=learner, name=learner.name, joined=joined
    )


def _named(
    session: GroupSession, name: str, joined: Joined, *, email: str = "", key: UUID | None = None
) -> Participant:
    written = " ".join(name.split())[:LONGEST_NAME]
    if not written:
        raise LearningError(_("Write your first name."))
    _room(session)
    return Participant.objects.create(
        pk=key or uuid4(), session=session, name=written, joined=joined, email=email
    )


def _room(session: GroupSession) -> None:
    if session.participants.count() >= MOST_PARTICIPANTS:
        raise LearningError(_("The session is full. Tell whoever leads it."))


def _tie(held: Participant, learner: Learner) -> None:
    there = held.session.participants.filter(learner=learner).exclude(pk=held.pk)
    if there.exists():
        raise LearningError(
            _("%(name)s is on the list already. If it is the same person, take the name off.")
            % {"name": learner.name}
        )
    held.learner = learner
    held.save(update_fields=["learner"])


def _free(participant: Participant) -> Participant:
    """The row, after whoever changes it in this moment.

    Raises:
        LearningError: it is gone, or its evidence is written.
    """
    _turn(participant.session)
    held = (
        Participant.objects.select_related("session__module", "session__unit", "session__plan",
                                           "session__course", "learner", "claimed_by")
        .filter(pk=participant.pk)
        .first()
    )  # fmt: skip
    if held is None:
        raise LearningError(_("They are not on the list any more."))
    if held.evidence_id is not None:
        raise LearningError(_("The proof is written, and is never taken back."))
    return held


def _colleagues(session: GroupSession) -> set[UUID]:
    employees = queries.employees_of(session.unit, held_on(session))
    return {one.learner_id for one in employees}


def _begun(session: GroupSession) -> None:
    if session.state == SessionState.PLANNED:
        raise LearningError(_("The session has not begun."))


def _turn(session: GroupSession) -> None:
    """Whoever changes a session's list takes turns by its row."""
    list(GroupSession.objects.select_for_update().filter(pk=session.pk).values_list("pk"))
    session.refresh_from_db(fields=["state", "code"])


def _record(what: str, session: GroupSession, by: User | None, count: int) -> None:
    details: dict[str, object] = {"module": session.module.slug, "count": count}
    audit.record(f"group_session.{what}", by=by, about=session, details=details)
