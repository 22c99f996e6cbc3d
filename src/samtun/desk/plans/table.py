"""A plan as rows of a spreadsheet, and as the paper for the council: totals, and no names."""

from collections.abc import Iterator
from typing import cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtun.desk.plans import words
from samtun.desk.plans.shown import Shown, ShownGoal, ShownItem, few, how_many, late
from samtun.documents.plan_content import PaperGoal, PaperItem, PaperMonth, PlanPaper
from samtun.documents.spreadsheets import Cell
from samtun.learning.models import Agreement
from samtun.learning.queries import plan_pages
from samtun.learning.queries.plan_pages import Counts


def headers() -> list[str]:
    """Of the file."""
    return [
        _("Part"), _("Number"), _("What"), _("About it"), _("For whom, and by when"), _("Day"),
        _("At the start"), _("Measured"), _("Target"), _("Minutes"), _("People"), _("Done"),
        _("Late"), _("Exempt"), _("Should be done"),
    ]  # fmt: skip


def lines(shown: Shown) -> Iterator[list[Cell]]:
    """Goals, what is to be learnt, and month by month; figures are numbers."""
    content = shown.content
    about = " – ".join(filter(None, (words.day(content.starts_on), words.day(content.ends_on))))
    status = words.status(shown.version.status)
    yield _line(_("Plan"), shown.version.number, content.title, f"{status} {about}".strip())
    for text, heading in (
        (content.aim, _("What we want to achieve")),
        (content.starting_point, _("Where we start from")),
        (shown.version.evaluation, _("What can be concluded, and what not")),
    ):
        if text:
            yield _line(heading, None, text)
    for goal in shown.goals:
        yield from _goal_lines(goal)
    for item in shown.items:
        yield _item_line(item)
    for month in shown.progress.months:
        line = _line(_("Progress"), None, date_format(month.first, "F Y"))
        line[5], line[11], line[14] = month.first, month.done, month.due
        yield line


def _line(*cells: Cell) -> list[Cell]:
    return [*cells, *([None] * (15 - len(cells)))]


def _goal_lines(goal: ShownGoal) -> Iterator[list[Cell]]:
    content = goal.content
    about = " · ".join(filter(None, (content.indicator, content.unit_of_measure, content.source)))
    line = _line(_("Goal"), goal.number, content.text, about, None, content.measured_on)
    line[6], line[8] = _number(content.baseline), _number(content.target)
    yield line
    for _day, _figure, each in goal.measured:
        line = _line(_("Figure"), goal.number, content.text, each.note, None, each.measured_on)
        line[7] = float(each.value)
        yield line


def _number(value: object) -> float | None:
    return None if value is None else float(cast("float", value))


def _item_line(item: ShownItem) -> list[Cell]:
    content = item.content
    about = "; ".join(filter(None, (*item.facts, item.about, content.description, content.url)))
    who = "; ".join(f"{who}: {when}" for who, when in item.rules)
    counted = _counted(item.counts)
    minutes = content.minutes or None
    return [
        _("To learn"), item.number, content.title, about, who, None, None, None, None, minutes,
        *counted, None,
    ]  # fmt: skip


def _counted(counts: Counts | None) -> list[Cell]:
    """Of fewer than five people nothing is said."""
    if counts is None:
        return [None] * 4
    if not counts.is_shown:
        return [how_many(counts), None, None, None]
    figures = (counts.done, counts.late, counts.exempt)
    told: list[Cell] = [one if plan_pages.is_told(one) else few(one) for one in figures]
    return [counts.asked, *told]


def paper(shown: Shown, agreements: list[Agreement]) -> PlanPaper:
    """The plan for the council, in the active language, which is the plan's."""
    plan, content = shown.version.plan, shown.content
    days = (words.day(content.starts_on), words.day(content.ends_on))
    version = _("Version %(number)d") % {"number": shown.version.number}
    builds = _("Builds on %(source)s") % {"source": plan.attribution}
    return PlanPaper(
        language=plan.language,
        title=content.title,
        owner=plan_pages.owner_name(plan),
        made_on=timezone.localdate(),
        status=f"{version}: {words.status(shown.version.status).lower()}",
        period=" – ".join(filter(None, days)),
        agreed=tuple(_agreed(one) for one in agreements),
        attribution=builds if plan.attribution else "",
        aim=content.aim,
        starting_point=content.starting_point,
        goals=tuple(_paper_goal(one) for one in shown.goals),
        items=tuple(_paper_item(one) for one in shown.items),
        months=tuple(
            PaperMonth(name=date_format(one.first, "F Y"), done=str(one.done), due=str(one.due))
            for one in shown.progress.months
        ),
        evaluation=shown.version.evaluation,
        fewest=plan_pages.FEWEST,
        is_example=plan.is_example,
    )


def _agreed(one: Agreement) -> str:
    said = _("%(side)s: %(name)s agreed on %(day)s.")
    day = words.day(timezone.localtime(one.agreed_at).date())
    return said % {"side": one.get_side_display(), "name": one.person_name, "day": day}


def _paper_goal(goal: ShownGoal) -> PaperGoal:
    return PaperGoal(
        text=goal.content.text,
        indicator=goal.content.indicator,
        baseline=goal.baseline,
        measured=tuple((day, figure) for day, figure, _each in goal.measured),
        target=goal.target,
        due=goal.due,
    )


def _paper_item(item: ShownItem) -> PaperItem:
    counts = item.counts
    is_late = counts and counts.is_shown and counts.late
    done = _("Done: %(count)s") % {"count": how_many(counts)} if counts else ""
    return PaperItem(
        title=item.content.title,
        facts=tuple(filter(None, (*item.facts, item.about))),
        description=item.content.description,
        url=item.content.url,
        who=tuple(f"{who}: {when}" for who, when in item.rules),
        done=done,
        late=late(counts.late) if counts and is_late else "",
    )
