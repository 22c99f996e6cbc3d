"""The public card of a coordinator: one's own, or one in the region."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.page import page
from samtun.desk.people.card_form import CardForm
from samtun.desk.views.roles import role_or_404
from samtun.people.access import PersonRequest, requires
from samtun.people.actions import cards
from samtun.people.enums import RoleKind
from samtun.people.errors import PeopleError
from samtun.people.models import Role
from samtun.people.queries.roles import own_coordinator_roles
from samtun.people.words import position_name

CHANGE = "people.change_card"


@requires(CHANGE)
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """My own card; a list where I coordinate several things."""
    own = list(own_coordinator_roles(request.user))
    if len(own) == 1:
        return redirect("desk:card", role=own[0].pk)
    context = {"roles": [(role, position_name(role)) for role in own]}
    return page(request, "desk/people_my_cards.html", context)


def _coordinator_or_404(**address: object) -> Role:
    role = role_or_404(**address)  # type: ignore[arg-type]  # the address's one part
    if role.kind != RoleKind.COORDINATOR or not role.is_not_over:
        raise Http404
    return role


@requires(CHANGE, load=_coordinator_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: PersonRequest, role: Role) -> HttpResponse:
    """What the public sees, and where."""
    form = CardForm(request.POST or None, role=role)
    if request.method == "POST" and form.is_valid():
        try:
            cards.save_card(role=role, fields=form.card, by=request.user)
            messages.success(request, _("The card is saved."))
            return redirect("desk:card", role=role.pk)
        except PeopleError as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "role": role,
        "name": position_name(role),
        "region": cards.region_of(role),
        "municipalities": cards.municipalities_of(role),
        "is_mine": role.person == request.user,
    }
    return page(request, "desk/people_card.html", context, room="people")
