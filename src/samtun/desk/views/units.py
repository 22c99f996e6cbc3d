"""How units stand with what their people are to do, and what is decided for one of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.desk.employees import unit_words
from samtun.desk.employees.unit_forms import DecisionForm
from samtun.desk.files import KINDS, table_as_file
from samtun.desk.page import page
from samtun.learning.actions import decisions
from samtun.learning.models import Decision
from samtun.learning.queries import overdue, standing
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

_VIEW, _DECIDE = "learning.view_unit", "learning.decide"
NAMES_A_PAGE = 50


def _unit(unit: UUID) -> Organization:
    return get_object_or_404(Organization, pk=unit)


def _decision(decision: UUID) -> Decision:
    found = Decision.objects.select_related("employment__unit", "employment__learner")
    return get_object_or_404(found, pk=decision, withdrawn_at__isnull=True)


@requires(_VIEW)
@require_safe
def units(request: PersonRequest) -> HttpResponse:
    """The tree of units with counts; nobody's name."""
    rows = standing.units(request.user, timezone.localdate())
    whole = sum((row.counts for row in rows if row.depth == 0), standing.Counts())
    return page(
        request, "desk/training/units.html", {"rows": rows, "whole": whole}, room="training"
    )


@requires(_VIEW)
@require_safe
def units_file(request: PersonRequest, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    if kind not in KINDS:
        raise Http404
    rows = standing.units(request.user, timezone.localdate())
    name = f"{_('units')}-{timezone.localdate().isoformat()}"
    return table_as_file(kind, name, unit_words.headers(), unit_words.lines(rows))


@requires(_VIEW, load=_unit)
@require_safe
def unit(request: PersonRequest, unit: Organization) -> HttpResponse:
    """One unit: item by item as counts, and by name only who is late."""
    audit.looked(by=request.user, at=unit)
    return page(request, "desk/training/unit.html", _shown(request, unit, None), room="training")


def _shown(request: PersonRequest, unit: Organization, form: DecisionForm | None) -> dict[str, Any]:
    today = timezone.localdate()
    found = Paginator(overdue.people_late(unit.pk, today), NAMES_A_PAGE)
    people = found.get_page(request.GET.get("side"))
    late = overdue.late_of(unit.pk, list(people), today)
    decided = list(standing.decisions_in(unit.pk)[: standing.MOST_NAMES])
    plans = {each.plan_id for of_one in late.values() for each in of_one}
    titles = standing.titles(plans | {each.plan_id for each in decided})
    items = standing.items_of(unit.pk, today)
    decides = may(request.user, _DECIDE, unit)
    if decides and form is None:
        form = DecisionForm(unit=unit, items=items, today=today, asked=request.GET.dict())
    return {
        "unit": unit,
        "counts": standing.one_unit(unit.pk, today),
        "plans": unit_words.by_plan(items),
        "late": [unit_words.late(of_one, titles, today) for of_one in late.values()],
        "late_page": people,
        "decided": [unit_words.decided(each, titles) for each in decided],
        "form": form if decides else None,
    }


@requires(_DECIDE, load=_unit)
@require_http_methods(["POST"])
def decide(request: PersonRequest, unit: Organization) -> HttpResponse:
    """Exempt somebody, give more time, or say that something is done; with a reason."""
    today = timezone.localdate()
    form = DecisionForm(
        request.POST, unit=unit, items=standing.items_of(unit.pk, today), today=today
    )
    if not (form.is_valid() and unit_words.is_carried_out(form, by=request.user)):
        context = _shown(request, unit, form)
        return page(request, "desk/training/unit.html", context, room="training")
    messages.success(request, _("It is decided, and the list is up to date."))
    return redirect("desk:unit", unit=unit.pk)


@requires(_DECIDE, load=_decision)
@require_POST
def withdraw(request: PersonRequest, decision: Decision) -> HttpResponse:
    """Let a decision no longer count; what was learnt stays learnt."""
    decisions.withdraw(decision=decision, by=request.user)
    messages.success(request, _("The decision no longer counts."))
    return redirect("desk:unit", unit=decision.employment.unit_id)
