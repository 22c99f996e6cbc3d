"""Who keeps an entry right: a person here, else an address at the provider, else nobody."""

from datetime import date
from typing import Any

from django.db.models import Case, EmailField, Exists, OuterRef, QuerySet, When
from django.db.models.functions import Lower

from samtun.directory.enums import PUBLIC_STATUSES, SuggestionKind, SuggestionState
from samtun.directory.models import Service, Suggestion


def keeper_address() -> Case:
    """The address of a service's keeper in small letters, or nothing; an expression on `Service`.

    Whoever left and can no longer sign in keeps nothing.
    """
    return Case(
        When(keeper__is_active=True, then=Lower("keeper__email")),
        default=Lower("assurer_email"),
        output_field=EmailField(),
    )


def keeper_address_of(service: Service) -> str:
    """The same for one service; load its keeper along."""
    keeper = service.keeper
    return (keeper.email if keeper and keeper.is_active else service.assurer_email).lower()


def due_services(today: date) -> QuerySet[Service]:
    """What must be confirmed by now, whether somebody has been asked or not.

    Not what a keeper has changed and an editor has yet to look at: they have answered.
    """
    changes = Suggestion.objects.filter(
        service=OuterRef("pk"), kind=SuggestionKind.CHANGE, state=SuggestionState.WAITING
    )
    return Service.objects.filter(
        ~Exists(changes), status__in=PUBLIC_STATUSES, confirm_due_on__lte=today
    )


def with_keeper(services: QuerySet[Service]) -> QuerySet[Any]:
    """`services`, each with the `address` of its keeper, which may be empty."""
    return services.annotate(address=keeper_address())
