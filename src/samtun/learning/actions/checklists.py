"""What a unit has in place, and what it follows up: it stays with the unit, whoever led."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.enums import CheckState
from samtun.learning.errors import LearningError
from samtun.learning.models import CheckMark, FollowUp, GroupSession, Module
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User

LONGEST_TEXT = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody says of a point: how it stands, and a line about it."""

    block: str
    point: str
    state: str
    note: str = ""


@transaction.atomic
def mark(
    *,
    unit: Organization,
    module: Module,
    marks: Sequence[Mark],
    session: GroupSession | None = None,
    by: User,
) -> int:
    """How points of a module's checklists stand in the unit; how many that changed.

    A point that stands as said already keeps since when and from which session.

    Raises:
        LearningError: a state is unknown.
    """
    changed = sum(_marked(unit, module, each, session, by) for each in marks)
    if changed:
        details: dict[str, object] = {"module": module.slug, "count": changed}
        audit.record("checklist.marked", by=by, about=unit, details=details)
    return changed


def _marked(
    unit: Organization, module: Module, said: Mark, session: GroupSession | None, by: User
) -> bool:
    if said.state not in CheckState.values:
        raise LearningError(_("A point is not yet, started or in place."))
    note = said.note.strip()[:LONGEST_TEXT]
    held = CheckMark.objects.filter(unit=unit, module=module, block=said.block, point=said.point)
    now = held.first()
    stands = (now.state, now.note) if now else (CheckState.NOT_YET, "")
    if stands == (said.state, note):
        return False
    is_moved = stands[0] != said.state
    values = {"state": said.state, "note": note, "changed_by": by}
    if is_moved or now is None:
        values |= {"changed_at": timezone.now(), "session": session}
    held.update_or_create(
        unit=unit, module=module, block=said.block, point=said.point, defaults=values
    )
    return True


@transaction.atomic
def follow_up(
    *,
    unit: Organization,
    text: str,
    who: str = "",
    due_on: date | None = None,
    session: GroupSession | None = None,
    by: User,
) -> FollowUp:
    """Something that the unit decided to do; written twice in a row it is one.

    Raises:
        LearningError: nothing was written.
    """
    text, who = " ".join(text.split())[:LONGEST_TEXT], " ".join(who.split())[:120]
    if not text:
        raise LearningError(_("Write what you will do."))
    same = FollowUp.objects.filter(unit=unit, text=text, who=who, due_on=due_on, done_at=None)
    if (found := same.first()) is not None:
        return found
    made = FollowUp.objects.create(unit=unit, text=text, who=who, due_on=due_on, session=session)
    audit.record("follow_up.made", by=by, about=made)
    return made


@transaction.atomic
def settle(*, follow_up: FollowUp, is_done: bool, by: User) -> FollowUp:
    """It is done, or not after all. Twice is once."""
    held = FollowUp.objects.select_for_update(of=("self",)).select_related("unit")
    found = held.get(pk=follow_up.pk)
    if (found.done_at is not None) != is_done:
        found.done_at = timezone.now() if is_done else None
        found.save(update_fields=["done_at"])
        audit.record("follow_up.done" if is_done else "follow_up.undone", by=by, about=found)
    return found


@transaction.atomic
def drop(*, follow_up: FollowUp, by: User) -> None:
    """Take away what was written by mistake."""
    audit.record("follow_up.dropped", by=by, about=follow_up)
    follow_up.delete()
