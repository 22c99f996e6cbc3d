"""Organisations and regions: who gives help, and how a region keeps its map."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.desk.page import page
from samtun.desk.people.organization_forms import OrganizationForm, RegionForm
from samtun.directory.editing import organisations
from samtun.directory.editing.errors import Invalid, NotYours
from samtun.organisations.models import Organization, Region
from samtun.people.access import requires
from samtun.people.models import User

_ADD = "organisations.add_organization"
_CHANGE = "organisations.change_organization"


def organization_with(organization: UUID) -> Organization:
    """The organisation of that identifier."""
    found = Organization.objects.select_related("parent_organization")
    if one := found.filter(pk=organization).first():
        return one
    raise Http404


def region_called(slug: str) -> Region:
    """The region at that address."""
    if one := Region.objects.filter(slug=slug).first():
        return one
    raise Http404


@requires(_ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new organisation."""
    person = cast("User", request.user)
    form = OrganizationForm(request.POST or None, person=person, organization=None, permission=_ADD)
    if request.method == "POST" and form.is_valid():
        try:
            made = organisations.add_organization(facts=form.facts(), by=person)
        except (Invalid, NotYours) as error:
            _tell(form, error)
        else:
            said = _("“%(name)s” is added. Now it can give offers.")
            messages.success(request, said % {"name": made.name})
            return redirect("desk:organization", made.pk)
    return page(request, "desk/organization.html", {"form": form}, room="offers")


@requires(_CHANGE, load=organization_with)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Change an organisation."""
    person = cast("User", request.user)
    form = OrganizationForm(
        request.POST or None, person=person, organization=organization, permission=_CHANGE
    )
    if request.method == "POST" and form.is_valid():
        try:
            organisations.change_organization(organization, facts=form.facts(), by=person)
        except (Invalid, NotYours) as error:
            _tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:organization", organization.pk)
    context = {"form": form, "organization": organization}
    return page(request, "desk/organization.html", context, room="offers")


def _tell(form: OrganizationForm, error: Invalid | NotYours) -> None:
    if isinstance(error, NotYours):
        form.add_error("where", str(error))
        return
    for name, texts in error.errors.items():
        form.add_error(name if name in form.fields else None, texts)


@requires("organisations.change_region", load=region_called)
@require_http_methods(["GET", "HEAD", "POST"])
def region(request: HttpRequest, region: Region) -> HttpResponse:
    """How a region keeps its map."""
    form = RegionForm(request.POST or None, region=region)
    if request.method == "POST" and form.is_valid():
        organisations.change_region(
            region, wishes=form.wishes(region), by=cast("User", request.user)
        )
        messages.success(request, _("Saved."))
        return redirect("desk:region", region.slug)
    return page(request, "desk/region.html", {"form": form, "region": region}, room="offers")
