"""What waits for me now."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samtun.desk.area import regions_kept_by
from samtun.desk.page import page
from samtun.desk.waiting import waiting_for
from samtun.organisations.texts import in_language
from samtun.people.access import PersonRequest, requires
from samtun.people.grants import grants_of
from samtun.people.models import User
from samtun.people.rules import may


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The desk; who has none is led to what they learn."""
    person = request.user
    if isinstance(person, User) and not may(person, "people.open_desk"):
        return redirect("front:my_learning")
    return _desk(request)


home.access = "people.open_desk"  # type: ignore[attr-defined]  # what `_desk` asks for


@requires("people.open_desk")
def _desk(request: PersonRequest) -> HttpResponse:
    """Three things to begin with, then the rest."""
    context = {
        "waiting": waiting_for(request.user),
        "first_name": request.user.name.partition(" ")[0],
        "places": _places(request.user),
        "may_answer": may(request.user, "directory.change_service"),
        "regions": regions_kept_by(request.user, get_language() or "nb"),
    }
    return page(request, "desk/home.html", context, room="home")


def _places(person: User) -> list[str]:
    """What the person's roles are for, by name, each once."""
    language = get_language() or "nb"
    names = [
        in_language(role.region.names, language).value
        if role.region
        else str(role.municipality or role.organization or "")
        for role in grants_of(person).roles
    ]
    return list(dict.fromkeys(filter(None, names)))
