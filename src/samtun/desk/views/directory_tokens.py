"""Tokens with which a municipality's directory hands over its employees."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.employees.forms import TokenForm
from samtun.desk.employees.loading import token_or_404
from samtun.desk.page import page
from samtun.learning.actions import directory_tokens as actions
from samtun.learning.models import DirectoryToken
from samtun.learning.queries.employees import CHANGE, tokens_of
from samtun.people.access import PersonRequest, requires


@requires(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PersonRequest) -> HttpResponse:
    """Those there are, and a new one, whose secret is shown this once."""
    form = TokenForm(request.POST or None, person=request.user)
    secret = ""
    if request.method == "POST" and form.is_valid():
        _token, secret = actions.make(**form.cleaned_data, by=request.user)
        form = TokenForm(person=request.user)
    rows = tokens_of(request.user).select_related("employer", "made_by")
    context = {
        "form": form,
        "secret": secret,
        "address": f"{settings.PUBLIC_URL}{reverse('scim:users').removesuffix('/Users')}",
        "tokens": rows.order_by("ended_at", "-made_at", "pk"),
    }
    return page(request, "desk/employees/tokens.html", context, room="training")


@requires(CHANGE, load=token_or_404)
@require_POST
def end(request: PersonRequest, token: DirectoryToken) -> HttpResponse:
    """It opens nothing any more."""
    actions.end(token=token, by=request.user)
    messages.success(request, _("The token opens nothing any more."))
    return redirect("desk:directory_tokens")
