"""Suggestions as the desk reads them."""

from uuid import UUID

from django.db.models import QuerySet

from samtun.directory.enums import SuggestionState
from samtun.directory.models import Suggestion
from samtun.directory.queries.kept import suggestions_of
from samtun.people.grants import Person

_RELATED = ("region", "municipality", "service__organization", "answered_by")


def suggestion_with(suggestion: UUID) -> Suggestion | None:
    """The suggestion with everything that its page and its place need; one query."""
    return Suggestion.objects.select_related(*_RELATED).filter(pk=suggestion).first()


def waiting_for(person: Person) -> QuerySet[Suggestion]:
    """What waits for an answer in what `person` looks after, the oldest first; one query."""
    waiting = suggestions_of(person).filter(state=SuggestionState.WAITING)
    return waiting.select_related(*_RELATED).order_by("made_at", "pk")


def answered_for(person: Person) -> QuerySet[Suggestion]:
    """What has been answered, the newest first; one query."""
    answered = suggestions_of(person).exclude(state=SuggestionState.WAITING)
    return answered.select_related(*_RELATED).order_by("-answered_at", "pk")
