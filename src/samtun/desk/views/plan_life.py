"""Figures, the evaluation, sharing a plan and putting it away."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.page import page
from samtun.desk.plans import need_words
from samtun.desk.plans.form import Figure, Quiet
from samtun.desk.plans.loading import Owned, active_of, may_start, owned_with
from samtun.desk.plans.shown import Shown, shown
from samtun.desk.views.plans import ROOM, head
from samtun.directory.editing.form_widgets import choice, line, lines
from samtun.learning.actions import plans as actions
from samtun.learning.models import Measurement
from samtun.learning.queries import plan_pages
from samtun.people.access import PersonRequest, requires

_VIEW, _CHANGE = "learning.view_plan", "learning.change_plan"
_LONGEST = 20_000


class MeasureForm(Quiet):
    """A figure of a goal."""

    goal_key = forms.TypedChoiceField(label=_("Goal"), coerce=UUID, widget=choice())
    measured_on = forms.DateField(label=_("Measured on"), widget=line("date"))
    value = Figure(_("Figure"))
    note = forms.CharField(
        label=_("How it was measured"), required=False, max_length=300, widget=line()
    )

    def __init__(self, *args: Any, goals: Shown, **kwargs: Any) -> None:  # noqa: ANN401  (of Django)
        super().__init__(*args, **kwargs)
        named = [(str(one.content.key), one.content.text) for one in goals.goals]
        self.fields["goal_key"].choices = named  # type: ignore[attr-defined]  # a choice

    def clean_value(self) -> Decimal:
        """There must be one."""
        found: Decimal | None = self.cleaned_data["value"]
        if found is None:
            raise forms.ValidationError(gettext("Write the figure."))
        return found


@requires(_CHANGE, load=owned_with)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_measure(request: PersonRequest, owned: Owned) -> HttpResponse:
    """The figures so far, and a new one."""
    version = plan_pages.shown_version(owned.plan, also_draft=True)
    if version is None:
        raise Http404
    seen = shown(version, with_progress=True)
    initial = {"measured_on": timezone.localdate().isoformat(), **request.GET.dict()}
    data = request.POST if request.method == "POST" else None
    form = MeasureForm(data, goals=seen, initial=initial)
    if form.is_bound and form.is_valid() and _measured(request, owned, form):
        messages.success(request, gettext("The figure is kept."))
        return redirect("desk:plan_measure", owned.pk)
    context = {**head(request, owned.plan), "shown": seen, "form": form}
    answer = page(request, "desk/plans/measure.html", context, room=ROOM)
    answer.status_code = 422 if form.errors else 200
    return answer


def _measured(request: PersonRequest, owned: Owned, form: MeasureForm) -> bool:
    try:
        actions.measure(plan=owned.plan, by=request.user, **form.cleaned_data)
    except actions.Invalid as error:
        for name, text in error.errors.items():
            form.wrong(name, text)
        return False
    return True


@requires(_CHANGE, load=owned_with)
@require_POST
def plan_unmeasure(request: PersonRequest, owned: Owned) -> HttpResponse:
    """Take away a figure that was wrong."""
    number = request.POST.get("measurement", "")
    key = int(number) if number.isdecimal() and len(number) < 12 else 0
    found = get_object_or_404(Measurement.objects.select_related("plan"), pk=key, plan=owned.plan)
    actions.take_away_measurement(measurement=found, by=request.user)
    messages.success(request, gettext("The figure is taken away."))
    return redirect("desk:plan_measure", owned.pk)


class EvaluationForm(Quiet):
    """What can and what cannot be concluded."""

    text = forms.CharField(
        label=_("What can be concluded, and what not?"), required=False, max_length=_LONGEST,
        widget=lines(14),
    )  # fmt: skip


@requires(_VIEW, load=owned_with)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_evaluate(request: PersonRequest, owned: Owned) -> HttpResponse:
    """Figures beside the start and the target, and what it all says; kept, or the end of it."""
    version = active_of(owned.plan)
    if version is None or not may_start(request.user, owned.plan):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = EvaluationForm(data, initial={"text": version.evaluation})
    if form.is_bound and form.is_valid():
        is_end = request.POST.get("do") == "end"
        act = actions.evaluate if is_end else actions.write_evaluation
        try:
            act(version=version, text=form.cleaned_data["text"], by=request.user)
        except actions.PlanError as error:
            form.add_error("text", str(error))
        else:
            messages.success(
                request, gettext("The plan is evaluated.") if is_end else gettext("It is saved.")
            )
            return redirect("desk:plan" if is_end else "desk:plan_evaluate", owned.pk)
    context = {
        **head(request, owned.plan),
        "version": version,
        "shown": shown(version, with_progress=True),
        "form": form,
        "afterwards": need_words.afterwards(owned.plan, timezone.localdate(), get_language() or ""),
    }
    answer = page(request, "desk/plans/evaluate.html", context, room=ROOM)
    answer.status_code = 422 if form.errors else 200
    return answer


@requires(_CHANGE, load=owned_with)
@require_POST
def plan_share(request: PersonRequest, owned: Owned) -> HttpResponse:
    """Let others read and copy its text, or no longer."""
    is_shared = request.POST.get("del") == "ja"
    try:
        actions.share(plan=owned.plan, is_shared=is_shared, by=request.user)
    except actions.PlanError as error:
        messages.error(request, str(error))
        return redirect("desk:plan", owned.pk)
    shared = gettext("Others can now read the plan's text and copy it. Figures stay with you.")
    messages.success(request, shared if is_shared else gettext("The plan is no longer shared."))
    return redirect("desk:plan", owned.pk)


@requires(_CHANGE, load=owned_with)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_archive(request: PersonRequest, owned: Owned) -> HttpResponse:
    """Ask, then put the plan away, or take it out again."""
    plan = owned.plan
    if request.method != "POST":
        return page(request, "desk/plans/archive.html", head(request, plan), room=ROOM)
    act = actions.bring_back if plan.archived_at else actions.archive
    said = gettext("The plan is back.") if plan.archived_at else gettext("The plan is put away.")
    try:
        act(plan=plan, by=request.user)
    except actions.PlanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("desk:plan", owned.pk)
