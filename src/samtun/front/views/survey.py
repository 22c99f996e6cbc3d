"""What do you need? A few questions, answered by nobody in particular."""

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from samtun.directory.keeping import limits
from samtun.front import robots_trap
from samtun.front.private import private, sender_of, trap
from samtun.front.survey_form import KEY, SurveyForm
from samtun.learning.actions import surveys
from samtun.learning.models import SurveyGroup
from samtun.learning.queries.surveys import group_called, is_closed, is_open

# The same link may be answered again: nothing tells who has, and nothing may, so that nobody can be
# found. The key of a form keeps the same answers from counting twice; this stops what is a flood.
FROM_A_NETWORK = 300  # a day; a whole town hall may share one
_PURPOSE = "survey"
_THANKS = "takk"


@private
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The same address for the whole group, so that an answer cannot be led back to one."""
    group = group_called(code)
    if group is None:
        return render(request, "front/survey/unknown.html", status=404)
    if _THANKS in request.GET and request.method != "POST":
        return _page(request, group, "thanks")
    today = timezone.localdate()
    if not is_open(group.survey, today):
        return _page(request, group, "closed", is_over=is_closed(group.survey, today))
    data = request.POST if request.method == "POST" else None
    form = SurveyForm(group.survey.questions, get_language() or "nb", data)
    if data is None:
        return _form(request, group, form)
    caught = robots_trap.caught(_name(group), request.POST)
    if caught is not None or not form.answers:
        return _form(request, group, form, caught, status=422, is_empty=not form.answers)
    if not limits.may_send(sender_of(request), purpose=_PURPOSE, most=FROM_A_NETWORK):
        return _form(request, group, form, status=429, is_too_much=True)
    return _answered(request, group, form)


def _answered(request: HttpRequest, group: SurveyGroup, form: SurveyForm) -> HttpResponse:
    """Kept; or why not, when it closed in the meantime or the form is another group's."""
    today = timezone.localdate()
    try:
        surveys.answer(group=group, answers=form.answers, key=form.key, today=today)
    except surveys.AnotherGroupError:
        form.renew_key()
        return _form(request, group, form, status=409, is_another=True)
    except surveys.SurveyError:  # the view has seen that something is answered
        return _page(request, group, "closed", 409, is_over=True, is_late=True)
    except IntegrityError:  # the group is gone in this moment
        return render(request, "front/survey/unknown.html", status=404)
    return _thanks(group.code)


def _thanks(code: str) -> HttpResponse:
    response = redirect("front:survey", code=code)
    response["Location"] += f"?{_THANKS}"
    return response


def _name(group: SurveyGroup) -> str:
    """What the form is called in its stamp."""
    return f"survey/{group.pk}"


def _form(
    request: HttpRequest,
    group: SurveyGroup,
    form: SurveyForm,
    caught: robots_trap.Caught | None = None,
    *,
    status: int = 200,
    **more: bool,
) -> HttpResponse:
    shown = trap(request, _name(group), caught) | {"form": form, "key_field": KEY} | more
    return _page(request, group, "form", status, **shown)


def _page(
    request: HttpRequest, group: SurveyGroup, template: str, status: int = 200, **more: object
) -> HttpResponse:
    context = {"survey": group.survey, "group": group}
    return render(request, f"front/survey/{template}.html", context | more, status=status)
