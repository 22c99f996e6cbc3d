"""A suggestion beside the form of its offer: `?forslag=` in the address of the form.

Saving the form answers it.
"""

from uuid import UUID

from django.http import HttpRequest

from samtun.directory.enums import SuggestionState
from samtun.directory.keeping import suggestions
from samtun.directory.models import Service, Suggestion
from samtun.directory.queries.suggestions import suggestion_with
from samtun.people.models import User
from samtun.people.rules import may

PARAMETER = "forslag"


def beside(request: HttpRequest, service: Service | None) -> Suggestion | None:
    """The suggestion about `service` that the form was opened for, while it waits for an answer."""
    try:
        found = suggestion_with(UUID(request.GET.get(PARAMETER, "")))
    except ValueError:
        return None
    if found is None or service is None or found.service_id != service.pk:
        return None
    if found.state != SuggestionState.WAITING:
        return None
    person = request.user
    is_mine = isinstance(person, User) and may(person, "directory.answer_suggestion", found)
    return found if is_mine else None


def answered_by_saving(request: HttpRequest, service: Service, *, by: User) -> bool:
    """The form was saved: whoever wrote hears that the entry was changed. Whether there was one."""
    found = beside(request, service)
    if found is None:
        return False
    try:
        suggestions.accept_changed(found, by=by)
    except suggestions.AnsweredAlready:
        return False
    return True
