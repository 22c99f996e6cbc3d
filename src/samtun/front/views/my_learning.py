"""«My learning»: a learner's own pages."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.front.my_learning_page import MyLearning
from samtun.front.private import private
from samtun.learning.actions import certificates, own_jobs, records
from samtun.learning.actions.progress import learner_of
from samtun.learning.errors import LearningError
from samtun.learning.ical import due
from samtun.learning.models import Employment, Evidence, Learner, Plan
from samtun.learning.queries.own_jobs import asked_of, denied_by, job_asked_of
from samtun.learning.tokens import learner_of_calendar
from samtun.people.access import signed_in
from samtun.people.models import User


@signed_in
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """What is to be done, where to go on, what is done."""
    person = cast("User", request.user)
    page = MyLearning(_learner(request), get_language() or "nb")
    asked = {"asked": asked_of(person), "denied": denied_by(person)}
    return render(request, "front/learning/my_learning.html", {"page": page, **asked})


@signed_in
@require_POST
def job(request: HttpRequest) -> HttpResponse:
    """Yes or no to what an employer says: "is this you?"."""
    person = cast("User", request.user)
    is_yes = "ja" in request.POST
    asked = job_asked_of(person, _key(request, "ja" if is_yes else "nei"))
    if asked is None:
        raise Http404
    try:
        said = _answered(person, asked, is_yes=is_yes)
    except LearningError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said % {"employer": asked.employer.name})
    return redirect("front:my_learning")


def _answered(person: User, asked: Employment, *, is_yes: bool) -> str:
    if is_yes:
        own_jobs.accept(user=person, employment=asked)
        return _("Thank you. You stand on the list of %(employer)s.")
    own_jobs.refuse(user=person, employment=asked)
    return _("Thank you. %(employer)s is told that the address is wrong, not who you are.")


@signed_in
@require_POST
def new_calendar(request: HttpRequest) -> HttpResponse:
    """Another address for one's own calendar; the old one opens nothing."""
    records.renew_calendar(learner=_learner(request))
    said = _("Your calendar has a new address. The old one shows nothing any more.")
    messages.success(request, said)
    return redirect(f"{reverse('front:my_learning')}#own")


@signed_in
@require_POST
def certificate(request: HttpRequest) -> HttpResponse:
    """Make the certificate of something done, or of a plan; the same one again."""
    learner = _learner(request)
    try:
        if "plan" in request.POST:
            made = certificates.issue_for_plan(learner=learner, plan=_plan(request))
        else:
            made = certificates.issue(evidence=_evidence(request, learner))
    except LearningError as error:
        messages.error(request, str(error))
        return redirect("front:my_learning")
    return redirect("front:certificate", code=made.code)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """GET: all that one has done, to take along. POST: such a file from elsewhere."""
    learner = _learner(request)
    if request.method != "POST":
        response = HttpResponse(records.records_file(learner), content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="samtun-kurs.json"'
        return response
    try:
        brought = records.bring(learner=learner, content=_content(request))
    except LearningError as error:
        messages.error(request, str(error))
    else:
        _tell(request, brought)
    return redirect("front:my_learning")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest) -> HttpResponse:
    """Delete what one has answered and written; asked once."""
    if request.method != "POST":
        return render(request, "front/learning/delete_answers.html")
    count = records.delete_answers(learner=_learner(request))
    words = ngettext("%(count)s answer is deleted.", "%(count)s answers are deleted.", count)
    messages.success(request, words % {"count": count})
    return redirect("front:my_learning")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest) -> HttpResponse:
    """Have all that one has learnt here forgotten; asked once."""
    if request.method != "POST":
        return render(request, "front/learning/forget.html")
    try:
        records.forget(learner=_learner(request))
    except LearningError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("What you have learnt here is no longer known to be yours."))
    return redirect("account_home")


@private  # the token is the authority: a calendar program cannot sign in
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Due dates and group sessions, for one's own calendar."""
    learner = learner_of_calendar(token)
    if learner is None:
        raise Http404
    feed = due.feed(learner, learner.language)
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8")


def _learner(request: HttpRequest) -> Learner:
    return learner_of(cast("User", request.user))


def _evidence(request: HttpRequest, learner: Learner) -> Evidence:
    """One's own; another's is answered like what does not exist."""
    own = Evidence.objects.filter(learner=learner).select_related("learner__user")
    found = own.filter(pk=_key(request, "bevis")).first()
    if found is None:
        raise Http404
    return found


def _plan(request: HttpRequest) -> Plan:
    rows = Plan.objects.select_related("municipality", "region")
    found = rows.filter(pk=_key(request, "plan")).first()
    if found is None:
        raise Http404
    return found


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error


def _content(request: HttpRequest) -> bytes:
    given = request.FILES.get("fil")
    if given is None:
        raise LearningError(_("Choose a file first."))
    content: bytes = given.read(records.LONGEST + 1)
    return content


def _tell(request: HttpRequest, brought: records.Brought) -> None:
    words = ngettext("%(count)s course was added.", "%(count)s courses were added.", brought.new)
    messages.success(request, words % {"count": brought.new})
    if brought.known:
        messages.info(request, _("What was here already is left as it is."))
    if not brought.is_ours:
        said = _("The file was not made here, so what it says is marked as not checked.")
        messages.info(request, said)
    for problem in brought.refused[:5]:
        messages.warning(request, problem)
