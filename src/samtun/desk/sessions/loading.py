"""What the addresses of group sessions name; what is not there answers 404."""

from uuid import UUID

from django.http import Http404

from samtun.learning.models import GroupSession
from samtun.learning.queries import sessions
from samtun.organisations.models import Organization


def session_with(session: UUID) -> GroupSession:
    """A group session."""
    if found := sessions.session_with(session):
        return found
    raise Http404


def unit_with(unit: UUID) -> Organization:
    """A unit."""
    if found := Organization.objects.filter(pk=unit).first():
        return found
    raise Http404
