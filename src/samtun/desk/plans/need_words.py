"""Mappings of needs in words, rows and pictures."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samtun.documents.qr import qr_svg
from samtun.documents.spreadsheets import Cell
from samtun.learning.enums import SurveyKind, SurveyPhase
from samtun.learning.models import Plan, Survey
from samtun.learning.models.survey import SHOWN_FROM
from samtun.learning.queries.surveys import Result, Shown, is_closed, is_open, result

KINDS = [
    (SurveyKind.SCALE, gettext_lazy("How well it fits, from 1 to 5")),
    (SurveyKind.ONE, gettext_lazy("One of the answers below")),
    (SurveyKind.MANY, gettext_lazy("Any of the answers below")),
    (SurveyKind.TEXT, gettext_lazy("In their own words")),
]


def row(survey: Survey, today: date) -> dict[str, Any]:
    """A line of the list."""
    if is_open(survey, today):
        state = _("Open")
    else:
        state = _("Closed") if is_closed(survey, today) else _("Not open yet")
    return {
        "survey": survey,
        "state": state,
        "answered": _answered(getattr(survey, "answered", 0)),
        "phase": survey.get_phase_display(),
    }


def _answered(count: int) -> str:
    """How many have answered so far; few are not counted out."""
    if 0 < count < SHOWN_FROM:
        return _("fewer than five answers")
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count}


def of_plan(plan: Plan, today: date) -> list[dict[str, Any]]:
    """The plan's mappings, the first asked first."""
    found = plan.surveys.annotate(answered=Count("groups__responses"))
    return [row(survey, today) for survey in found.order_by("opens_on", "pk")]


def afterwards(plan: Plan, today: date, language: str) -> list[tuple[Survey, Result]]:
    """What was answered afterwards, beside what was answered before."""
    found = plan.surveys.filter(phase=SurveyPhase.AFTER, closes_on__lt=today)
    found = found.select_related("before").order_by("opens_on", "pk")
    return [(survey, result(survey, language)) for survey in found]


def groups(survey: Survey, site: str) -> list[dict[str, Any]]:
    """Who is asked, with the link that they share."""
    found = survey.groups.select_related("unit").order_by("title", "pk")
    rows = []
    for group in found:
        url = f"{site}{reverse('front:survey', args=[group.code])}"
        rows.append({"group": group, "url": url, "qr": _code(url, group.title)})
    return rows


def _code(url: str, title: str) -> SafeString:
    return mark_safe(qr_svg(url, title=title))  # noqa: S308  (its contract)


def headers() -> list[str]:
    """Of the file."""
    return [_("Question"), _("Group"), _("Answer"), _("How many"), _("Per cent")]


def lines(result: Result) -> Iterator[list[Cell]]:
    """What is shown, line by line; texts without group."""
    for question in result.questions:
        shown: list[tuple[str, Shown]] = [(_("All"), question.whole), *question.groups]
        for title, each in shown:
            for bar in each.bars:
                yield [question.text, title, bar.label, bar.said or bar.count, bar.share]
            if each.is_spread:
                yield [question.text, title, _("not told"), each.count, None]
        for text in question.texts:
            yield [question.text, _("All"), text, None, None]
