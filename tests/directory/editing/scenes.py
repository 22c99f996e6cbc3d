"""Who edits what in these tests: Kari looks after it, Ola and Nils do not."""

from typing import Any

from samtun.directory.editing import actions
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Service
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import people


def kari(organization: Organization) -> User:
    """Looks after the organisation and its units."""
    person = people.person("Kari Eksempel")
    people.role(person, RoleKind.ORGANISATION_EDITOR, organization=organization)
    return person


def administrator() -> User:
    """May change everything."""
    person = people.person("Anne Admin")
    people.role(person, RoleKind.SYSTEM_ADMINISTRATOR)
    return person


def offer(**fields: Any) -> tuple[Service, User]:  # noqa: ANN401  (the fields of a service)
    """An offer and Kari, who looks after it."""
    service = make.service(**fields)
    return service, kari(service.organization)


def edit(service: Service, by: User | None = None, **fields: Any) -> Service:  # noqa: ANN401
    """The service with other fields; texts are named as texts_nb_name."""
    document: dict[str, Any] = {**document_of(Service.objects.get(pk=service.pk))}
    for name, value in fields.items():
        if name.startswith("texts_"):
            _, language, field = name.split("_", 2)
            document["texts"][language][field] = value
        else:
            document[name] = value
    return actions.save(document=document, by=by, service=service)
