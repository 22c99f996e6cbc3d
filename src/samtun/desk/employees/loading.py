"""Employees as the desk's views load them."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from samtun.learning.exchange import uploads
from samtun.learning.models import DirectoryToken, EmployeeUpload, Employment
from samtun.organisations.models import Organization
from samtun.people.models import User


def employment_or_404(employment: UUID) -> Employment:
    """The job with its unit, which says where it belongs."""
    rows = Employment.objects.select_related("learner", "unit", "employer")
    return get_object_or_404(rows, pk=employment)


def employer_or_404(employer: UUID) -> Organization:
    """An organisation that keeps a list: no unit of another."""
    return get_object_or_404(Organization, pk=employer, parent_organization=None)


def token_or_404(token: UUID) -> DirectoryToken:
    """The token with its employer."""
    return get_object_or_404(DirectoryToken.objects.select_related("employer"), pk=token)


def upload_or_404(upload: UUID) -> EmployeeUpload:
    """A list with its employer; `theirs` says whose it is."""
    return get_object_or_404(EmployeeUpload.objects.select_related("employer"), pk=upload)


def theirs(upload: EmployeeUpload, person: User) -> EmployeeUpload:
    """The list, when `person` sent it in and its day is not over."""
    if found := uploads.upload_of(person, upload.pk):
        return found
    raise Http404
