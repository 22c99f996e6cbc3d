"""Group sessions as their pages show them: what is gone through, and who was there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypedDict
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from samtun.events.models import Event
from samtun.learning.content import Block, Lesson, ModuleContent, shown
from samtun.learning.enums import BlockKind, PlanStatus, SessionState
from samtun.learning.models import (
    Employment,
    GroupSession,
    Learner,
    Module,
    ModuleVersion,
    Participant,
    Plan,
    PlanVersion,
)
from samtun.learning.queries.checklists import checklist_standing
from samtun.learning.rules import HOLDERS
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization
from samtun.organisations.queries import with_units
from samtun.people.grants import Person, Reach, grants_of
from samtun.people.rules import may

__all__ = ["Step", "checklist_standing"]

_LEAD = "learning.lead_session"

LESSON, DISCUSSION, PAUSE, OWN = "lesson", "discussion", "pause", "own"
KINDS = (LESSON, DISCUSSION, PAUSE, OWN)
_DISCUSSION_MINUTES = 10
_NEAR: dict[str, tuple[str, ...]] = {
    Language.BOKMAL: (Language.BOKMAL, Language.NYNORSK, Language.ENGLISH),
    Language.NYNORSK: (Language.NYNORSK, Language.BOKMAL, Language.ENGLISH),
}


class Step(TypedDict):
    """A point of an agenda; `lesson` and `block` are ids in the content, or empty."""

    id: str
    kind: str
    title: str
    minutes: int
    lesson: str
    block: str


def step(kind: str, title: str, minutes: int, *, lesson: str = "", block: str = "") -> Step:
    """A new point of an agenda."""
    return {
        "id": uuid4().hex[:12],
        "kind": kind,
        "title": title[:200],
        "minutes": minutes,
        "lesson": lesson,
        "block": block,
    }


def agenda_of(content: ModuleContent, sectors: Collection[str] = ()) -> list[Step]:
    """The agenda that a module makes by itself: its lessons, each with its discussions after it."""
    made: list[Step] = []
    for lesson in content["lessons"]:
        made.append(step(LESSON, lesson["title"], lesson["minutes"], lesson=lesson["id"]))
        made += [_discussion(lesson, block) for block in _discussions(lesson, sectors)]
    return made


def _discussions(lesson: Lesson, sectors: Collection[str]) -> list[Block]:
    blocks = shown(lesson["blocks"], sectors)
    return [block for block in blocks if block["kind"] == BlockKind.DISCUSSION]


def _discussion(lesson: Lesson, block: Block) -> Step:
    value = block["value"]
    minutes = int(value.get("minutes") or _DISCUSSION_MINUTES)
    title = str(value.get("title") or lesson["title"])
    return step(DISCUSSION, title, minutes, lesson=lesson["id"], block=block["id"])


def version_for(module: Module, language: str) -> ModuleVersion | None:
    """The current version of a module nearest to `language`; None before it is published."""
    found = {one.language: one for one in module.versions.filter(is_current=True)}
    order = (*_NEAR.get(language, (language, *_NEAR[Language.BOKMAL])), module.language)
    return next((found[each] for each in order if each in found), None)


def version_of(session: GroupSession) -> ModuleVersion | None:
    """What a session shows: frozen from when it was opened, before that the current one."""
    versions = ModuleVersion.objects.filter(module=session.module_id, language=session.language)
    if session.version_number is None:
        return versions.filter(is_current=True).first()
    return versions.filter(number=session.version_number).first()


def sectors_of(session: GroupSession) -> list[str]:
    """Whom the blocks are for; none: all of them."""
    return list(session.course.sectors) if session.course else []


def session_with(key: UUID) -> GroupSession | None:
    """A session with all that its pages ask about."""
    return _along(GroupSession.objects.filter(pk=key)).first()


def sessions_of(person: Person) -> QuerySet[GroupSession]:
    """The sessions that `person` may lead, in their units or as an adviser of the plan."""
    reach = grants_of(person).reach(HOLDERS[_LEAD])
    if not reach:
        return GroupSession.objects.none()
    found = _along(GroupSession.objects.all())
    if reach.everything:
        return found
    advised = Q(plan__adviser__in=reach.organizations)
    return found.filter(reach.condition("unit") | advised)


def units_with_sessions(person: Person) -> list[Organization]:
    """Units that have held one, by name: they have checklists and decisions."""
    held = sessions_of(person).exclude(state=SessionState.PLANNED)
    return list(Organization.objects.filter(pk__in=held.values("unit")).order_by("name"))


def units_of(person: Person) -> QuerySet[Organization]:
    """Where `person` may lead: units of their own, and those of plans they advise on."""
    reach = grants_of(person).reach(HOLDERS[_LEAD])
    if not reach:
        return Organization.objects.none()
    if reach.everything:
        return Organization.objects.all()
    plans = _advised(reach)
    advised = Q(municipality__plans__in=plans) | Q(municipality__regions__plans__in=plans)
    keys = Organization.objects.filter(reach.condition() | advised).values("pk")
    return Organization.objects.filter(pk__in=keys)


def _advised(reach: Reach) -> QuerySet[Plan]:
    """Plans of centres that are reached, once the owner has agreed: anybody can draft one."""
    agreed = PlanVersion.objects.filter(plan=OuterRef("pk")).exclude(status=PlanStatus.DRAFT)
    rows = Plan.objects.filter(Exists(agreed), adviser__in=reach.organizations)
    return rows.filter(archived_at=None)


def advised_plan(person: Person, unit: Organization) -> Plan | None:
    """The plan through which an adviser leads in a unit that is not their own."""
    reach = grants_of(person).reach(HOLDERS[_LEAD])
    plans = _advised(reach)
    of_unit = Q(municipality=unit.municipality_id) | Q(region__municipalities=unit.municipality_id)
    active = plans.filter(of_unit, versions__status=PlanStatus.ACTIVE).order_by("-made_at")
    return active.first() or plans.filter(of_unit).order_by("-made_at").first()


def may_see_names(person: Person, session: GroupSession) -> bool:
    """The leading roles of the unit, and whoever leads it now."""
    leads = may(person, _LEAD, session)
    return leads and may(person, "learning.view_participant", session)


def may_see_colleagues(person: Person, session: GroupSession) -> bool:
    """Who works in the unit: not for an adviser from elsewhere."""
    return may_see_names(person, session) and may(person, _LEAD, session.unit)


def open_session(code: str) -> GroupSession | None:
    """The session that goes on with this code; a code of one that does not is no code.

    One that nobody has ended takes in no more people after a day: they were not there.
    """
    typed = "".join(code.upper().split()).replace("-", "")
    if not typed or len(typed) > 8:
        return None
    since = timezone.now() - timedelta(days=1)
    rows = GroupSession.objects.filter(code=typed, state=SessionState.OPEN, opened_at__gt=since)
    return _along(rows).first()


def _along(sessions: QuerySet[GroupSession]) -> QuerySet[GroupSession]:
    return sessions.select_related("module", "course", "unit", "plan", "event", "leader")


def titles_of(modules: Iterable[Module], language: str) -> dict[UUID, str]:
    """What modules are called, in the language nearest to `language`; one query."""
    listed = {one.pk: one for one in modules}
    rows = ModuleVersion.objects.filter(module__in=listed, is_current=True)
    found: dict[UUID, dict[str, str]] = {}
    for key, each, title in rows.values_list("module", "language", "content__title"):
        found.setdefault(key, {})[each] = str(title)
    return {key: _nearest(found.get(key, {}), one, language) for key, one in listed.items()}


def _nearest(titles: Mapping[str, str], module: Module, language: str) -> str:
    order = (*_NEAR.get(language, (language, *_NEAR[Language.BOKMAL])), module.language)
    return next((titles[each] for each in order if each in titles), module.slug)


def employees_of(unit: Organization, on: date) -> list[Employment]:
    """Who works in the unit, or anything under it, on a day: each person once, by name."""
    rows = (
        Employment.objects.filter(unit__in=with_units([unit.pk]), joined_on__lte=on)
        .filter(Q(left_on__isnull=True) | Q(left_on__gte=on))
        .select_related("learner", "unit")
        .order_by("learner__name", "pk")
    )
    return list({row.learner_id: row for row in rows}.values())


def participants_of(session: GroupSession) -> list[Participant]:
    """Who is there, in the order they came."""
    found = session.participants.select_related("learner", "claimed_by", "evidence")
    return list(found.order_by("joined_at", "pk"))


def suggestions(
    names: Sequence[Participant], employees: Sequence[Employment], taken: Collection[UUID]
) -> Mapping[UUID, Employment]:
    """The one employee whom each name fits; nobody where none does, or several do alike."""
    free = [one for one in employees if one.learner_id not in taken]
    found = {each.pk: _fits(each, free) for each in names}
    alone = {key: fits[0] for key, fits in found.items() if len(fits) == 1}
    wanted = [one.learner_id for one in alone.values()]
    return {key: one for key, one in alone.items() if wanted.count(one.learner_id) == 1}


def _fits(participant: Participant, employees: Sequence[Employment]) -> list[Employment]:
    email = participant.email.casefold()
    if email:
        return [one for one in employees if one.learner.email.casefold() == email]
    said = participant.name.casefold().split()
    whole = [one for one in employees if one.learner.name.casefold().split() == said]
    return whole or [one for one in employees if _begins(one.learner.name, said)]


def _begins(name: str, said: Sequence[str]) -> bool:
    """ "Eli" and "Eli H" are "Eli Hansen"."""
    words = name.casefold().split()
    if not said or len(said) > len(words) or words[0] != said[0]:
        return False
    return all(any(word.startswith(each) for word in words[1:]) for each in said[1:])


def sessions_of_learner(learner: Learner) -> list[GroupSession]:
    """What somebody has been to, the newest first."""
    found = GroupSession.objects.filter(participants__learner=learner)
    return list(_along(found.exclude(opened_at=None)).order_by("-opened_at"))


def to_claim(learner: Learner, days: int = 60) -> list[tuple[GroupSession, Participant | None]]:
    """Sessions of the units somebody works in, and those above, that they could have been at.

    With the line that is theirs already, matched or asked about. Four queries.
    """
    jobs = Employment.objects.filter(learner=learner).select_related("unit")
    since = timezone.now() - timedelta(days=days)
    held = GroupSession.objects.filter(opened_at__gte=since, unit__in=_above(jobs))
    mine = Participant.objects.filter(Q(learner=learner) | Q(claimed_by=learner))
    lines = {one.session_id: one for one in mine.filter(session__in=held)}
    found = _along(held).order_by("-opened_at")
    return [
        (one, lines.get(one.pk))
        for one in found
        if any(_worked(job, timezone.localdate(one.opened_at or one.starts_at)) for job in jobs)
    ]


def _worked(job: Employment, on: date) -> bool:
    return job.joined_on <= on and (job.left_on is None or job.left_on >= on)


def _above(jobs: Iterable[Employment]) -> set[UUID]:
    """The units and all that they are part of; a query a level."""
    found = {job.unit_id for job in jobs}
    level = set(found)
    while level:
        rows = Organization.objects.filter(pk__in=level, parent_organization__isnull=False)
        above = rows.values_list("parent_organization", flat=True)
        level = {parent for parent in above if parent} - found
        found |= level
    return found


def signed_up(session: GroupSession) -> int | None:
    """How many have signed up for the event that it is; None when it is none."""
    event: Event | None = session.event
    if event is None:
        return None
    day = timezone.localdate(session.starts_at)
    intakes = event.intakes.filter(occurrences__starts_at__date=day)
    those = intakes if intakes.exists() else event.intakes.all()
    return int(those.aggregate(sum=Sum("taken"))["sum"] or 0)
