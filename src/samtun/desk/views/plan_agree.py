"""Agreeing on a plan, and beginning to follow it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.desk.page import page
from samtun.desk.plans import words
from samtun.desk.plans.foreseen import foreseen
from samtun.desk.plans.loading import (
    Owned,
    draft_or_404,
    may_change,
    may_start,
    owned_with,
    side_in,
    waiting_of,
)
from samtun.desk.plans.shown import shown
from samtun.desk.views.plans import ROOM, head
from samtun.learning.actions import plans as actions
from samtun.learning.enums import Side
from samtun.learning.models import PlanVersion
from samtun.learning.queries import plan_pages
from samtun.learning.queries.plan_content import (
    Content,
    canonical,
    content_of,
    digest,
    from_canonical,
)
from samtun.people.access import PersonRequest, requires

_VIEW = "learning.view_plan"


@requires(_VIEW, load=owned_with)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_agree(request: PersonRequest, owned: Owned) -> HttpResponse:
    """The whole text with its mark; a button for each side that this person speaks for."""
    plan = owned.plan
    if not (actions.sides_of(request.user, plan) or may_change(request.user, plan)):
        raise Http404
    version = draft_or_404(plan)
    if request.method != "POST":
        return _ask(request, version)
    side = side_in(request.POST.get("side", ""))
    if request.POST.get("do") == "take-back":
        return _take_back(request, version, side)
    return _agree(request, version, side)


def _agree(request: PersonRequest, version: PlanVersion, side: Side) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        mark = digest(from_canonical(seen))
        actions.agree(version=version, side=side, digest=mark, by=request.user)
    except (actions.Changed, ValueError):
        return _ask(request, version, changes=_since(seen, version), code=409)
    except actions.Invalid as error:
        return _ask(request, version, lacks=list(error.errors.values()), code=422)
    except actions.PlanError as error:
        return _ask(request, version, lacks=[str(error)], code=422)
    messages.success(request, _("You have agreed. What the plan says can't be changed now."))
    return redirect("desk:plan", version.plan_id)


def _take_back(request: PersonRequest, version: PlanVersion, side: Side) -> HttpResponse:
    try:
        actions.take_back(version=version, side=side, by=request.user)
    except actions.PlanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your yes is taken back, and the plan is a draft again."))
    return redirect("desk:plan_agree", version.plan_id)


def _since(seen: str, version: PlanVersion) -> list[words.Change]:
    """What is different from the text that was read."""
    now = content_of(version)
    try:
        before = from_canonical(seen)
    except ValueError:
        before = Content(title=now.title)
    return words.changes(before, now, plan_pages.names_in([before, now], get_language() or "nb"))


def _ask(
    request: PersonRequest,
    version: PlanVersion,
    *,
    changes: list[words.Change] | None = None,
    lacks: list[str] | None = None,
    code: int = 200,
) -> HttpResponse:
    seen = shown(version)
    given = {one.side: one for one in version.agreements.all()}
    context = {
        **head(request, version.plan),
        "version": version,
        "shown": seen,
        "seen": canonical(seen.content),
        "given": given,
        "asked": _asked(request, version, given),
        "changes": changes,
        "is_stale": changes is not None,
        "lacks": lacks,
    }
    answer = page(request, "desk/plans/agree.html", context, room=ROOM)
    answer.status_code = code
    return answer


def _asked(
    request: PersonRequest, version: PlanVersion, given: Mapping[str, object]
) -> list[dict[str, object]]:
    """Each side that has to agree: who did, and whether this person may say yes or take it back."""
    own = actions.sides_of(request.user, version.plan)
    named = head(request, version.plan)["needed"]
    said = {getattr(one, "person_id", None) for one in given.values()}
    return [
        {
            "side": side,
            "label": label,
            "given": given.get(side),
            "may_agree": side in own and side not in given and request.user.pk not in said,
            "may_take_back": side in own and side in given,
        }
        for side, label in named  # type: ignore[attr-defined]  # pairs
    ]


@requires(_VIEW, load=owned_with)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_start(request: PersonRequest, owned: Owned) -> HttpResponse:
    """What will happen when the plan begins to be followed, and then that it does."""
    version = waiting_of(owned.plan)
    if version is None or not may_start(request.user, owned.plan):
        raise Http404
    try:
        found = foreseen(version, request.user)
        if request.method == "POST" and request.POST.get("told") == found.key:
            actions.activate(version=version, by=request.user)
            messages.success(request, _("The plan is followed from now on."))
            return redirect("desk:plan", owned.pk)
    except actions.PlanError as error:
        messages.error(request, str(error))
        return redirect("desk:plan", owned.pk)
    context = {
        **head(request, owned.plan),
        "version": version,
        "found": found,
        "is_other": request.method == "POST",
    }
    answer = page(request, "desk/plans/start.html", context, room=ROOM)
    answer.status_code = 409 if request.method == "POST" else 200
    return answer
