"""Plans: the list, the plan on one page, its text for others, new ones and copies."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.page import page
from samtun.desk.plans import need_words, words
from samtun.desk.plans.chart import chart
from samtun.desk.plans.loading import (
    active_of,
    draft_of,
    may_change,
    may_start,
    plan_with,
    readable,
    waiting_of,
)
from samtun.desk.plans.new import CopyForm, NewPlanForm
from samtun.desk.plans.shown import shown, standing
from samtun.learning.actions import plans as actions
from samtun.learning.actions.plans.agreeing import needed
from samtun.learning.actions.plans.owning import may_give_away
from samtun.learning.enums import PlanStatus, Side
from samtun.learning.models import Plan
from samtun.learning.queries import plan_pages
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

_VIEW, _CHANGE = "learning.view_plan", "learning.change_plan"
ROOM = "training"


@requires(_VIEW)
@require_safe
def plans(request: PersonRequest) -> HttpResponse:
    """Mine, those shared to copy, and templates."""
    mine = list(plan_pages.with_versions(plan_pages.plans_of(request.user)))
    keys = [one.pk for one in mine]
    others = list(plan_pages.with_versions(plan_pages.to_copy().filter(~Q(pk__in=keys))))
    context = {
        "mine": [_row(one) for one in mine if not one.archived_at and not one.is_template],
        "templates": [_row(one) for one in (*mine, *others) if one.is_template],
        "shared": [_row(one) for one in others if not one.is_template],
        "archived": [_row(one) for one in mine if one.archived_at and not one.is_template],
        "own_templates": {one.pk for one in mine},
        "may_make": may(request.user, _CHANGE),
    }
    return page(request, "desk/plans/plans.html", context, room=ROOM)


def _row(plan: Plan) -> dict[str, object]:
    version = plan_pages.shown_version(plan, also_draft=True)
    newest = next(iter(plan.versions.all()), None)
    return {
        "plan": plan,
        "owner": plan_pages.owner_name(plan),
        "status": words.status(version.status) if version else "",
        "color": "success" if version and version.status == PlanStatus.ACTIVE else "neutral",
        "has_draft": newest is not None and newest != version,
        "version": version,
    }


@requires(_VIEW, load=plan_with)
@require_safe
def plan(request: PersonRequest, found: Plan) -> HttpResponse:
    """The plan on one page, with how it goes: totals only."""
    version = plan_pages.shown_version(found, also_draft=True)
    if version is None:
        raise Http404
    seen = shown(version, with_progress=True)
    months = seen.progress.months
    context = {
        **head(request, found),
        "shown": seen,
        "rows": [(one, standing(one.counts) if one.counts else []) for one in seen.items],
        "months": months,
        "chart": chart(months),
        "fewest": plan_pages.FEWEST,
        "total": seen.progress.total,
        "hours": words.hours(seen.minutes),
        "versions": found.versions.all(),
        "agreements": list(version.agreements.order_by("agreed_at")),
        "mappings": need_words.of_plan(found, timezone.localdate()),
    }
    return page(request, "desk/plans/plan.html", context, room=ROOM)


def head(request: PersonRequest, found: Plan) -> dict[str, object]:
    """What the top of every page about a plan says, and what this person may do."""
    return {
        "plan": found,
        "owner": plan_pages.owner_name(found),
        "draft": draft_of(found),
        "waiting": waiting_of(found),
        "active": active_of(found),
        "may_change": may_change(request.user, found),
        "may_start": may_start(request.user, found),
        "may_give_away": may_give_away(request.user, found),
        "sides": actions.sides_of(request.user, found),
        "needed": [(side, Side(side).label) for side in needed(found)],
    }


@requires(_VIEW)
@require_safe
def plan_shared(request: PersonRequest, plan: UUID) -> HttpResponse:
    """The text of a plan that others may copy: no figures, no progress."""
    found = plan_with(plan)
    version = plan_pages.shown_version(found, also_draft=found.is_template)
    if version is None or not readable(request.user, found):
        raise Http404
    context = {
        "plan": found,
        "owner": plan_pages.owner_name(found),
        "shown": shown(version),
        "may_make": may(request.user, _CHANGE),
    }
    return page(request, "desk/plans/shared.html", context, room=ROOM)


@requires(_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: PersonRequest) -> HttpResponse:
    """From nothing; templates and plans to copy stand beside it."""
    data = request.POST if request.method == "POST" else None
    form = NewPlanForm(data, person=request.user)
    if form.is_bound and form.is_valid():
        made = actions.make(by=request.user, **form.values())
        messages.success(request, _("The plan is made. Now write what is to be in it."))
        return redirect("desk:plan_edit", made.pk)
    others = plan_pages.with_versions(plan_pages.to_copy())
    context = {"form": form, "to_copy": [_row(one) for one in others]}
    answer = page(request, "desk/plans/new.html", context, room=ROOM)
    answer.status_code = 422 if form.errors else 200
    return answer


@requires(_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_copy(request: PersonRequest, plan: UUID) -> HttpResponse:
    """A plan of one's own from this one, with whose work it builds on."""
    source = plan_with(plan)
    if not (readable(request.user, source) and _can_be_copied(request, source)):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = CopyForm(data, person=request.user, initial={"title": source.title})
    if form.is_bound and form.is_valid():
        try:
            made = actions.copy(plan=source, by=request.user, **form.values())
        except actions.PlanError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The plan is copied. Look through it and make it yours."))
            return redirect("desk:plan_edit", made.pk)
    context = {"form": form, "plan": source, "owner": plan_pages.owner_name(source)}
    answer = page(request, "desk/plans/copy.html", context, room=ROOM)
    answer.status_code = 422 if form.errors else 200
    return answer


def _can_be_copied(request: PersonRequest, source: Plan) -> bool:
    """What is one's own to change, shared, or a template."""
    return source.is_shared or source.is_template or may_change(request.user, source)
