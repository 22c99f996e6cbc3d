"""«My learning», for oneself alone: what to do and why, where to go on, what is done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.documents.certificate_pages import duration
from samtun.documents.words import written_date
from samtun.learning.enums import EvidenceKind, ItemKind, Learnt, ObligationState
from samtun.learning.models import Evidence, Learner, Plan, Progress
from samtun.learning.queries.certificates import certificates_of
from samtun.learning.queries.courses import CoursePage, course_page
from samtun.learning.queries.obligations import why_in_words
from samtun.learning.queries.plans import ActiveItem, active_items
from samtun.learning.tokens import calendar_token_of

_NO_PAPER = (Learnt.BROUGHT, Learnt.EQUIVALENT)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a plan asks for, in words."""

    title: str
    url: str
    plan: str
    due: str  # in words, or empty
    why: str
    is_required: bool
    is_late: bool
    is_together: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A course that one is in the middle of."""

    title: str
    language: str
    url: str  # of the exact place
    lesson: str


@dataclass(frozen=True, slots=True)
class Done:
    """Something that is done; `code` when there is a certificate already."""

    id: UUID
    title: str
    language: str
    when: str
    length: str
    how: str
    code: str
    may_have_paper: bool


@dataclass(frozen=True, slots=True)
class DonePlan:
    """A plan of which nothing required is left."""

    id: UUID
    title: str


class MyLearning:
    """All that the page shows, in a known number of SQL queries."""

    def __init__(self, learner: Learner, language: str) -> None:
        self.learner, self.language = learner, language
        self._items = active_items(learner)
        self._codes = {
            one.evidence_id: one.code for one in certificates_of(learner) if not one.withdrawn_at
        }
        rows = Evidence.objects.filter(learner=learner).order_by("-done_on", "-made_at")
        self._evidence = list(rows)

    @property
    def tasks(self) -> list[Task]:
        """What is to be done, what is due first; an item in two jobs once."""
        found: dict[UUID, Task] = {}
        for one in self._items:
            if one.is_open:
                found.setdefault(one.obligation.item_key, _task(one, self.language))
        return list(found.values())

    @property
    def begun(self) -> list[Begun]:
        """Courses to go on with, the newest first."""
        done = {one.course_id for one in self._evidence if one.kind == EvidenceKind.COURSE}
        rows = Progress.objects.filter(learner=self.learner, course__withdrawn_at=None)
        rows = rows.exclude(course__in=done - {None}).select_related("course")
        places = [_begun(row, self.language) for row in rows.order_by("-changed_at")]
        return [place for place in places if place]

    @property
    def done(self) -> list[Done]:
        """Courses, and what else a plan asked for."""
        return [self._done(one) for one in self._evidence if one.kind != EvidenceKind.MODULE]

    @property
    def modules(self) -> list[Done]:
        """The parts of courses, by themselves."""
        return [self._done(one) for one in self._evidence if one.kind == EvidenceKind.MODULE]

    @property
    def plans(self) -> list[DonePlan]:
        """Plans that are done: each has a certificate of its own."""
        asked: dict[UUID, list[ActiveItem]] = {}
        for one in self._items:
            if one.obligation.is_required:
                asked.setdefault(one.plan.pk, []).append(one)
        return [_plan(items[0].plan) for items in asked.values() if _is_done(items)]

    @property
    def calendar_url(self) -> str:
        """The address that a calendar program subscribes to."""
        token = calendar_token_of(self.learner)
        return settings.PUBLIC_URL + reverse("front:my_calendar", args=[token])

    def _done(self, one: Evidence) -> Done:
        return Done(
            id=one.pk,
            title=one.title,
            language=one.language,
            when=written_date(one.done_on),
            length=duration(one.minutes) if one.minutes else "",
            how=_how(one),
            code=self._codes.get(one.pk, ""),
            may_have_paper=one.learnt not in _NO_PAPER,
        )


def _how(one: Evidence) -> str:
    if one.learnt == Learnt.BROUGHT:
        is_checked = one.facts.get("is_checked")
        return _("Brought along by you") if is_checked else _("Brought along by you, not checked")
    return "" if one.learnt == Learnt.ALONE else str(Learnt(one.learnt).label)


def _task(one: ActiveItem, language: str) -> Task:
    due = one.obligation.due_on
    return Task(
        title=one.item.title,
        url=_where(one),
        plan=one.plan.title,
        due=_due(due, timezone.localdate()),
        why=why_in_words(one.obligation, language),
        is_required=one.obligation.is_required,
        is_late=bool(due and due < timezone.localdate()),
        is_together=one.item.is_together,
    )


def _due(due: date | None, today: date) -> str:
    if due is None:
        return ""
    if due < today:
        return _("Should have been done by %(day)s") % {"day": written_date(due)}
    return _("By %(day)s") % {"day": written_date(due)}


def _where(one: ActiveItem) -> str:
    item = one.item
    if item.course and item.kind == ItemKind.COURSE:
        return reverse("front:course", args=[item.course.slug])
    return item.url


def _plan(plan: Plan) -> DonePlan:
    return DonePlan(plan.pk, plan.title)


def _is_done(items: list[ActiveItem]) -> bool:
    states = {one.obligation.state for one in items}
    return ObligationState.DONE in states and ObligationState.OPEN not in states


def _begun(row: Progress, language: str) -> Begun | None:
    page = course_page(row.course.slug, language)
    if page is None or page.is_withdrawn:
        return None
    course = reverse("front:course", args=[row.course.slug])
    url, lesson = _place(page, row, course)
    return Begun(page.card.title, page.card.language, url, lesson)


def _place(page: CoursePage, row: Progress, course: str) -> tuple[str, str]:
    """The address of the exact block; of the course, when the lesson is gone from it."""
    for module in page.modules:
        for lesson in module.lessons:
            if module.id == row.module_id and lesson.id == row.lesson:
                url = reverse("front:lesson", args=[page.card.slug, module.slug, lesson.number])
                return (f"{url}#b-{row.block}" if row.block else url), lesson.title
    return course, ""
