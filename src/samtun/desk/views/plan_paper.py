"""Plans on paper and in files, in the plan's own language."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import override
from django.views.decorators.http import require_safe

from samtun.desk.files import table_as_file
from samtun.desk.plans.loading import plan_with
from samtun.desk.plans.shown import Shown, shown
from samtun.desk.plans.table import headers, lines, paper
from samtun.documents.errors import DocumentError
from samtun.documents.plan_paper import plan_pdf as made_pdf
from samtun.learning.models import Plan
from samtun.learning.queries import plan_pages
from samtun.people.access import PersonRequest, requires

_VIEW = "learning.view_plan"


@requires(_VIEW, load=plan_with)
@require_safe
def plan_pdf(request: PersonRequest, plan: Plan) -> HttpResponse:
    """For the council: totals only."""
    with override(plan.language):
        found = _shown(plan)
        content = paper(found, list(found.version.agreements.order_by("agreed_at")))
    try:
        made = made_pdf(content)
    except DocumentError as error:
        messages.error(request, str(error))
        return redirect("desk:plan", plan.pk)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_name(plan)}.pdf"'
    return response


@requires(_VIEW, load=plan_with)
@require_safe
def plan_xlsx(request: PersonRequest, plan: Plan) -> HttpResponse:
    """As a spreadsheet."""
    return _table(plan, "xlsx")


@requires(_VIEW, load=plan_with)
@require_safe
def plan_csv(request: PersonRequest, plan: Plan) -> HttpResponse:
    """As plain rows."""
    return _table(plan, "csv")


def _table(plan: Plan, kind: str) -> HttpResponse:
    with override(plan.language):
        return table_as_file(kind, _name(plan), headers(), list(lines(_shown(plan))))


def _shown(plan: Plan) -> Shown:
    version = plan_pages.shown_version(plan, also_draft=True)
    if version is None:
        raise Http404
    return shown(version, with_progress=True)


def _name(plan: Plan) -> str:
    return slugify(plan.title)[:60] or "plan"
