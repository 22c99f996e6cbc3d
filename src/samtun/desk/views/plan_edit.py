"""Writing the draft of a plan, and seeing what is different from the version before."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.desk.page import page
from samtun.desk.plans import words
from samtun.desk.plans.choices import choices_for
from samtun.desk.plans.draft import DraftForm
from samtun.desk.plans.loading import Owned, draft_of, draft_or_404, owned_with, plan_with
from samtun.desk.plans.rows import rows_in, rows_of
from samtun.desk.views.plans import ROOM, head
from samtun.learning.actions import plans as actions
from samtun.learning.models import Plan, PlanVersion
from samtun.learning.queries import plan_pages
from samtun.learning.queries.plan_content import (
    Content,
    canonical,
    content_of,
    digest,
    from_canonical,
)
from samtun.people.access import PersonRequest, requires

_VIEW, _CHANGE = "learning.view_plan", "learning.change_plan"
_ROW = re.compile(r"(goal|item)-[0-9]{1,3}")


@requires(_CHANGE, load=owned_with)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: PersonRequest, owned: Owned) -> HttpResponse:
    """The draft on one page. Adding and moving rows shows it again; only saving saves."""
    version = draft_of(owned.plan)
    if version is None or version.is_frozen:
        return redirect("desk:plan", owned.pk)
    choices, now = choices_for(owned.plan), content_of(version)
    if request.method != "POST":
        form = DraftForm(rows_of(now, choices.unit_names), choices, is_sent=False)
        return _form(request, version, form, canonical(now))
    rows, do = rows_in(request.POST), request.POST.get("do", "save")
    seen = request.POST.get("seen", "")
    saved = rows_of(_content_in(seen, now), choices.unit_names)
    if not do.startswith("save"):
        focus = rows.act(do)
        form = DraftForm(rows, choices, is_sent=False, saved=saved, led_to=focus)
        return _form(request, version, form, seen, focus=focus)
    return _save(request, version, DraftForm(rows, choices, is_sent=True, saved=saved), seen)


def _content_in(seen: str, now: Content) -> Content:
    """What the draft said when the editor began; what it says now when that is unknown."""
    try:
        return from_canonical(seen)
    except ValueError:
        return now


def _save(request: PersonRequest, version: PlanVersion, form: DraftForm, seen: str) -> HttpResponse:
    """Save, or show again what was typed with what stands in the way."""
    if not form.is_valid():
        return _form(request, version, form, seen, code=422)
    based_on = request.POST.get("based_on", "")
    try:
        actions.save(version=version, content=form.content(), based_on=based_on, by=request.user)
    except actions.Changed as error:
        told = _what_changed(seen, error.now)
        return _form(request, version, form, canonical(error.now), code=409, theirs=told)
    except actions.Invalid as error:
        form.wrong(error.errors)
        return _form(request, version, form, seen, code=422)
    except actions.PlanError as error:
        messages.error(request, str(error))
        return redirect("desk:plan", version.plan_id)
    messages.success(request, _("The draft is saved."))
    return redirect(_after(request, version))


def _after(request: PersonRequest, version: PlanVersion) -> str:
    """On to agreeing, or back to the row whose button saved: "save:item-2"."""
    if request.POST.get("then") == "agree":
        return reverse("desk:plan_agree", args=[version.plan_id])
    row = request.POST.get("do", "").partition(":")[2]
    anchor = f"#{row}" if _ROW.fullmatch(row) else ""
    return reverse("desk:plan_edit", args=[version.plan_id]) + anchor


def _form(
    request: PersonRequest,
    version: PlanVersion,
    form: DraftForm,
    seen: str,
    *,
    code: int = 200,
    focus: str = "",
    theirs: list[words.Change] | None = None,
) -> HttpResponse:
    """`seen`: what the draft said when the editor began, to tell what others change meanwhile."""
    context = {
        **head(request, version.plan),
        "version": version,
        "form": form,
        "seen": seen,
        "based_on": _mark(seen),
        "focus": focus,
        "theirs": theirs,
        "is_moved": bool(focus),
    }
    answer = page(request, "desk/plans/edit.html", context, room=ROOM)
    answer.status_code = code
    return answer


def _mark(seen: str) -> str:
    try:
        return digest(from_canonical(seen))
    except ValueError:
        return ""  # nobody saw it: saving tells what the plan says now


def _what_changed(seen: str, now: Content) -> list[words.Change]:
    """What is different from what the editor began with; from nothing when that is unknown."""
    try:
        before = from_canonical(seen)
    except ValueError:
        before = Content(title=now.title)
    return words.changes(before, now, plan_pages.names_in([before, now], get_language() or "nb"))


@requires(_CHANGE, load=owned_with)
@require_POST
def plan_version_new(request: PersonRequest, owned: Owned) -> HttpResponse:
    """Begin a new version; the one that is followed stays until it is agreed on and started."""
    try:
        actions.new_version(plan=owned.plan, by=request.user)
    except actions.PlanError as error:
        messages.error(request, str(error))
    return redirect("desk:plan_edit", owned.pk)


@requires(_CHANGE, load=owned_with)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_drop(request: PersonRequest, owned: Owned) -> HttpResponse:
    """Ask, then throw the draft of a new version away."""
    version = draft_or_404(owned.plan)
    if request.method == "POST":
        try:
            actions.drop_draft(version=version, by=request.user)
            messages.success(request, _("The draft is thrown away. The plan is as it was."))
        except actions.PlanError as error:
            messages.error(request, str(error))
        return redirect("desk:plan", owned.pk)
    return page(request, "desk/plans/drop.html", head(request, owned.plan), room=ROOM)


@requires(_VIEW, load=plan_with)
@require_safe
def plan_compare(request: PersonRequest, plan: Plan) -> HttpResponse:
    """Two versions in words; without a choice the newest and the one before."""
    versions = list(plan.versions.all())
    new = _chosen(request, "til", versions, versions[0].number if versions else 0)
    old = _chosen(request, "fra", versions, new.number - 1 or new.number)
    before, after = content_of(old), content_of(new)
    names = plan_pages.names_in([before, after], get_language() or "nb")
    context = {
        **head(request, plan),
        "old": old,
        "new": new,
        "versions": versions,
        "changes": words.changes(before, after, names),
        "why": after.what_changed,
    }
    return page(request, "desk/plans/compare.html", context, room=ROOM)


def _chosen(
    request: PersonRequest, name: str, versions: list[PlanVersion], otherwise: int
) -> PlanVersion:
    asked = request.GET.get(name, "")
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else otherwise
    if found := plan_pages.chosen(versions, number):
        return found
    raise Http404
