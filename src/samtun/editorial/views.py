"""The few pages of our own beside Wagtail's."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import JavaScriptCatalog

from samtun.editorial.actions import folders
from samtun.organisations.models import Organization
from samtun.people.access import requires
from samtun.people.models import User
from samtun.people.rules import may

_WORDS = JavaScriptCatalog.as_view(packages=["wagtail.admin", "samtun.editorial.words"])


class _Room(forms.Form):
    organization = forms.ModelChoiceField(Organization.objects.all())


@requires("editorial.write")
@require_POST
def make_room(request: HttpRequest) -> HttpResponse:
    """Folders for an organisation that the person writes for."""
    form = _Room(request.POST)
    if not form.is_valid() or not may(
        request.user, "editorial.write", form.cleaned_data["organization"]
    ):
        raise Http404
    by = request.user if isinstance(request.user, User) else None
    folders.make(organization=form.cleaned_data["organization"], by=by)
    messages.success(request, _("There is room to write now."))
    return redirect("wagtailadmin_home")


@requires("editorial.write")
@require_safe
def words(request: HttpRequest) -> HttpResponseBase:
    """What Wagtail's scripts say, with our words where its own catalogue lacks them."""
    with override(request.user.language if isinstance(request.user, User) else None):
        return _WORDS(request)
