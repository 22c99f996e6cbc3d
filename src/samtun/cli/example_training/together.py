"""Two group sessions: one that was held, with what the unit took from it, and one next week."""

from samtun.cli.example_training.told import Entry, day, key, moment, person, read, unit
from samtun.events.models import Event
from samtun.learning.actions import checklists, sessions
from samtun.learning.actions.checklists import Mark
from samtun.learning.enums import BlockKind
from samtun.learning.models import (
    Course,
    FollowUp,
    GroupSession,
    Learner,
    Module,
    Participant,
    Plan,
)
from samtun.learning.queries.sessions import DISCUSSION, LESSON, employees_of, version_of
from samtun.people.models import User


def load(plan: Plan) -> None:
    """Each as a leader would have done it."""
    for entry in read("life.toml")["session"]:
        session = _planned(plan, entry)
        if entry["day"] < 0:
            _hold(session, entry, person(entry["leader"]))


def _planned(plan: Plan, entry: Entry) -> GroupSession:
    by = person(entry["leader"])
    return sessions.plan(
        module=Module.objects.select_related("organization").get(slug=entry["module"]),
        course=Course.objects.get(slug=entry["course"]), unit=unit(entry["unit"]), language="nb",
        starts_at=moment(day(entry["day"]), entry["at"]), plan=plan,
        item_key=key("item", entry["item"]), is_example=True, by=by,
        event=Event.objects.filter(slug=entry.get("event", "")).first(),
    )  # fmt: skip


def _hold(session: GroupSession, entry: Entry, by: User) -> None:
    session = sessions.open(session=session, by=by)
    GroupSession.objects.filter(pk=session.pk).update(opened_at=session.starts_at)
    session.opened_at = session.starts_at
    _note(session, entry, by)
    _register(session, entry, by)
    _check(session, entry, by)
    _follow_up(session, entry, by)
    closed_at = session.starts_at.replace(hour=session.starts_at.hour + 1)
    sessions.close(session=session, by=by)
    GroupSession.objects.filter(pk=session.pk).update(closed_at=closed_at)
    Participant.objects.filter(session=session).update(joined_at=session.starts_at)


def _note(session: GroupSession, entry: Entry, by: User) -> None:
    """What the group concluded: at its tasks, or else at its lessons."""
    tasks = [step for step in session.agenda if step["kind"] == DISCUSSION]
    lessons = [step for step in session.agenda if step["kind"] == LESSON]
    for step, text in zip([*tasks, *lessons], entry["notes"], strict=False):
        base = sessions.digest_of("")
        sessions.note(session=session, step_id=step["id"], text=text, base=base, by=by)


def _register(session: GroupSession, entry: Entry, by: User) -> None:
    """Most from the list; of those who only left a name, one is known and one is not."""
    apart = set(entry["matched"].values()) | _absent()
    jobs = employees_of(session.unit, day(entry["day"]))
    there = [job for job in jobs if job.learner.email not in apart]
    for job in sorted(there, key=lambda job: job.learner.email)[: entry["present"]]:
        sessions.register(session=session, learner=job.learner, is_here=True, by=by)
    for participant in sessions.add_names(session=session, names=entry["names"], by=by):
        if email := entry["matched"].get(participant.name):
            learner = Learner.objects.get(email=email)
            sessions.match(participant=participant, learner=learner, by=by)


def _absent() -> set[str]:
    """Those who are exempt from it."""
    told = read("life.toml")
    return {one["email"] for one in told["decision"] if one["item"] == "samtalen"}


def _check(session: GroupSession, entry: Entry, by: User) -> None:
    version = version_of(session)
    lessons = version.content["lessons"] if version else []
    points = [
        (block["id"], point["id"])
        for lesson in lessons
        for block in lesson["blocks"]
        if block["kind"] == BlockKind.CHECKLIST
        for point in block["value"]["points"]
    ]
    said = zip(points, entry["marks"], entry["mark_notes"], strict=False)
    marks = [Mark(block, point, state, note) for (block, point), state, note in said]
    checklists.mark(unit=session.unit, module=session.module, marks=marks, session=session, by=by)


def _follow_up(session: GroupSession, entry: Entry, by: User) -> None:
    for one in entry["follow_up"]:
        made = checklists.follow_up(
            unit=session.unit, text=one["text"], who=one["who"], due_on=day(one["due"]),
            session=session, by=by,
        )  # fmt: skip
        FollowUp.objects.filter(pk=made.pk).update(made_at=session.starts_at)
        if one.get("is_done"):
            checklists.settle(follow_up=made, is_done=True, by=by)
