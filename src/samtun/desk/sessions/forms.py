"""The forms about a group session: what, where and when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_widgets import choice, line
from samtun.events.enums import EventStatus
from samtun.events.models import Event
from samtun.events.recurrence import OSLO
from samtun.learning.models import Course, CourseModule, CourseVersion, GroupSession, Module
from samtun.learning.queries.sessions import titles_of, units_of
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization
from samtun.organisations.texts import in_language
from samtun.people.grants import Person

Choices = list[tuple[str, Any]]
_MOST_UNITS = 1_000
_MOST_EVENTS = 100
_FARTHEST_DAYS = 366


class _DayForm(forms.Form):
    """A day and an hour by the clock on the wall."""

    use_required_attribute = False

    on = forms.DateField(label=_("Date"), widget=line("date"))
    begins = forms.TimeField(label=_("Starts at"), widget=line("time"))

    def clean_on(self) -> date:
        """A day that somebody may mean."""
        day: date = self.cleaned_data["on"]
        if abs((day - timezone.localdate()).days) > _FARTHEST_DAYS:
            raise ValidationError(_("Choose a day within a year."))
        return day

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        said = self.cleaned_data
        return datetime.combine(said["on"], said["begins"], tzinfo=OSLO)


class WhenForm(_DayForm):
    """When it is, and the event that it is."""

    event = forms.ChoiceField(
        label=_("Sign-up"), required=False, widget=choice(),
        help_text=_("If people sign up, choose the meeting here. You see how many, not who."),
    )  # fmt: skip

    def __init__(self, *given: Any, events: Choices, **named: Any) -> None:  # noqa: ANN401
        """`events`: those that it can be."""
        super().__init__(*given, **named)
        self.fields["event"].choices = [("", _("No sign-up")), *events]  # type: ignore[attr-defined]

    @property
    def event_chosen(self) -> Event | None:
        """The event that it is."""
        key = self.cleaned_data["event"]
        return Event.objects.filter(pk=key).first() if key else None


class NewForm(_DayForm):
    """A new session."""

    what = forms.ChoiceField(label=_("What you go through"), widget=choice())
    unit = forms.ChoiceField(label=_("Where"), widget=choice(), help_text=_(
        "What you decide stays with this unit. Those who work here, and in what is under it, "
        "can be ticked on the list."
    ))  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, widget=choice(),
        help_text=_("If it is not written in this one, the nearest is shown."),
    )  # fmt: skip
    field_order = ("what", "unit", "on", "begins", "language")

    def __init__(self, *given: Any, whats: Choices, units: Choices, **named: Any) -> None:  # noqa: ANN401
        """`whats`: modules by course; `units`: where the person may lead."""
        super().__init__(*given, **named)
        self.fields["what"].choices = [("", _("Choose")), *whats]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("Choose")), *units]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[Module, Course | None]:
        """The module, and the course that it is gone through for."""
        course, _slash, module = self.cleaned_data["what"].rpartition("/")
        found = Course.objects.filter(pk=course).first() if course else None
        return Module.objects.get(pk=module), found


def what_choices() -> Choices:
    """Published modules course by course, then those of no course; four queries."""
    language = get_language() or "nb"
    modules = {
        one.pk: one
        for one in Module.objects.filter(withdrawn_at=None, versions__is_current=True).distinct()
    }
    titles = titles_of(modules.values(), language)
    rows = CourseModule.objects.filter(course__withdrawn_at=None, module__in=modules)
    groups: dict[Course, list[tuple[str, str]]] = {}
    used: set[UUID] = set()
    for row in rows.select_related("course").order_by("course__position", "course", "position"):
        entry = (f"{row.course_id}/{row.module_id}", titles[row.module_id])
        groups.setdefault(row.course, []).append(entry)
        used.add(row.module_id)
    named = _course_titles(groups, language)
    alone = [(f"/{key}", titles[key]) for key in modules if key not in used]
    found: Choices = [(named[course.pk], entries) for course, entries in groups.items()]
    return [*found, *sorted(alone, key=lambda one: one[1])]


def _course_titles(courses: Iterable[Course], language: str) -> dict[UUID, str]:
    listed = {one.pk: one for one in courses}
    rows = CourseVersion.objects.filter(course__in=listed, is_current=True)
    found: dict[UUID, dict[str, str]] = {}
    for key, each, title in rows.values_list("course", "language", "content__title"):
        found.setdefault(key, {})[each] = str(title)
    return {
        key: in_language(found.get(key, {}), language, original=one.language).value or one.slug
        for key, one in listed.items()
    }


def unit_choices(person: Person) -> Choices:
    """Where the person may lead, municipality by municipality."""
    rows = units_of(person).select_related("municipality")
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in rows.order_by("municipality__name", "name", "pk")[:_MOST_UNITS]:
        place = str(one.municipality) if one.municipality else str(_("No municipality"))
        groups.setdefault(place, []).append((str(one.pk), one.name))
    if len(groups) == 1:
        return list(next(iter(groups.values())))
    return list(groups.items())


def event_choices(units: Sequence[Organization], now: datetime) -> Choices:
    """Coming published events that those units, or whom they belong to, arrange."""
    keys = {key for one in units for key in (one.pk, one.parent_organization_id) if key}
    coming = Q(occurrences__ends_at__gte=now)
    rows = Event.objects.filter(coming, status=EventStatus.PUBLISHED, organization__in=keys)
    names = rows.distinct().order_by("starts_at", "name")[:_MOST_EVENTS]
    return [(str(one.pk), one.name) for one in names]


def events_for(session: GroupSession) -> Choices:
    """Those that a session can be, and the one it is."""
    found = event_choices([session.unit], timezone.now())
    chosen = session.event
    if chosen and str(chosen.pk) not in dict(found):
        return [(str(chosen.pk), chosen.name), *found]
    return found
