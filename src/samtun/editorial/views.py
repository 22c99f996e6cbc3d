"""The few pages of our own beside Wagtail's."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtun.editorial.actions import folders
from samtun.editorial.models import Shelf
from samtun.organisations.models import Organization
from samtun.people.access import requires
from samtun.people.grants import grants_of
from samtun.people.models import User
from samtun.people.rules import may


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


def without_room(person: User) -> list[Organization]:
    """Organisations that the person has a role for and that have no folders yet."""
    held = {
        role.organization
        for role in grants_of(person).roles
        if role.organization and may(person, "editorial.write", role.organization)
    }
    have = Shelf.objects.filter(organization__in=held).values_list("organization", flat=True)
    return sorted((one for one in held if one.pk not in set(have)), key=lambda one: one.name)
