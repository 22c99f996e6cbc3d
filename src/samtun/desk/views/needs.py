"""Mapping of needs: made for a plan, and what was answered."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.desk.files import KINDS, table_as_file
from samtun.desk.page import page
from samtun.desk.plans import need_words
from samtun.desk.plans.loading import may_change
from samtun.desk.plans.need_forms import Rows, SurveyForm, initial
from samtun.learning.actions import surveys as actions
from samtun.learning.models import Plan, Survey
from samtun.learning.models.survey import SHOWN_FROM
from samtun.learning.queries import surveys
from samtun.learning.queries.surveys import units_of
from samtun.learning.standard_questions import standard_questions
from samtun.people.access import PersonRequest, requires

_VIEW, _CHANGE = "learning.view_plan", "learning.change_plan"
OPEN_FOR = timedelta(days=21)


def _plan(plan: UUID) -> Plan:
    return get_object_or_404(Plan.objects.select_related("region", "municipality"), pk=plan)


def _ask_owner(request: PersonRequest, plan: Plan) -> None:
    """Municipalities of a region read the region's mappings; making them is the region's."""
    if not may_change(request.user, plan):
        raise Http404


def _survey(survey: UUID, **_rest: str) -> Survey:
    found = Survey.objects.select_related("plan__region", "before")
    return get_object_or_404(found, pk=survey)


@requires(_VIEW)
@require_safe
def needs(request: PersonRequest) -> HttpResponse:
    """All mappings of one's plans, and the plans that one can map for."""
    today = timezone.localdate()
    rows = [need_words.row(one, today) for one in surveys.surveys_of(request.user)]
    plans = [plan for plan in surveys.plans_of(request.user) if may_change(request.user, plan)]
    return page(request, "desk/needs/list.html", {"rows": rows, "plans": plans}, room="training")


@requires(_CHANGE, load=_plan)
@require_POST
def new(request: PersonRequest, plan: Plan) -> HttpResponse:
    """A mapping with the usual questions, to be made one's own before anybody is asked."""
    _ask_owner(request, plan)
    first = timezone.localdate() + timedelta(days=7)
    made = actions.make(
        plan=plan,
        title=_("What do you need?"),
        questions=standard_questions(),  # type: ignore[arg-type]  # read from a file
        opens_on=first,
        closes_on=first + OPEN_FOR,
        by=request.user,
    )
    return redirect("desk:need_edit", survey=made.pk)


@requires(_VIEW, load=_survey)
@require_safe
def survey(request: PersonRequest, survey: Survey) -> HttpResponse:
    """The links while it is open; when it has closed, what was answered."""
    today = timezone.localdate()
    language = get_language() or "nb"
    closed = surveys.is_closed(survey, today)
    context = {
        "survey": survey,
        "is_open": surveys.is_open(survey, today),
        "is_closed": closed,
        "groups": need_words.groups(survey, settings.PUBLIC_URL),
        "result": surveys.result(survey, language) if closed else None,
        "may_change": may_change(request.user, survey.plan),
        "files": [(reverse("desk:need_file", args=[survey.pk, kind]), kind) for kind in KINDS],
        "shown_from": SHOWN_FROM,
    }
    return page(request, "desk/needs/survey.html", context, room="training")


@requires(_CHANGE, load=_survey)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, survey: Survey) -> HttpResponse:
    """Texts, days, questions and who is asked; nothing typed is lost when something is wrong."""
    _ask_owner(request, survey.plan)
    rows = Rows(survey, units_of(survey.plan))
    if request.method != "POST":
        return _form(request, survey, SurveyForm(initial=initial(survey)), rows.of_survey())
    form, rows = SurveyForm(request.POST), rows.of_post(request.POST)
    if not (form.is_valid() and rows.is_right):
        return _form(request, survey, form, rows, status=422)
    try:
        rows.save(form.cleaned_data, by=request.user)
    except actions.SurveyError as error:
        form.add_error(None, str(error))
        return _form(request, survey, form, rows, status=409)
    messages.success(request, _("It is saved."))
    return redirect("desk:need_edit" if "more" in request.POST else "desk:need", survey=survey.pk)


def _form(
    request: PersonRequest, survey: Survey, form: SurveyForm, rows: Rows, *, status: int = 200
) -> HttpResponse:
    context = {
        "survey": survey,
        "form": form,
        "rows": rows,
        "kinds": need_words.KINDS,
        "is_answered": surveys.is_answered(survey),
    }
    response = page(request, "desk/needs/edit.html", context, room="training")
    response.status_code = status
    return response


@requires(_CHANGE, load=_survey)
@require_POST
def again(request: PersonRequest, survey: Survey) -> HttpResponse:
    """The same questions afterwards."""
    _ask_owner(request, survey.plan)
    first = timezone.localdate() + timedelta(days=7)
    try:
        made = actions.make_after(
            before=survey,
            title=_("%(title)s – afterwards") % {"title": survey.title[:180]},
            opens_on=first,
            closes_on=first + OPEN_FOR,
            by=request.user,
        )
    except actions.SurveyError as error:
        messages.error(request, str(error))
        return redirect("desk:need", survey=survey.pk)
    return redirect("desk:need_edit", survey=made.pk)


@requires(_VIEW, load=_survey)
@require_safe
def answers_file(request: PersonRequest, survey: Survey) -> HttpResponse:
    """What the page shows, as CSV or XLSX; never single answers."""
    kind = request.resolver_match.kwargs["kind"] if request.resolver_match else ""
    if kind not in KINDS or not surveys.is_closed(survey, timezone.localdate()):
        raise Http404
    result = surveys.result(survey, get_language() or "nb")
    return table_as_file(kind, _("mapping"), need_words.headers(), need_words.lines(result))
