"""A small map with keepers, for the tests of asking and answering."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from samtun.directory.editing import confirming
from samtun.directory.enums import AskingStage
from samtun.directory.keeping import night
from samtun.directory.models import Asking, Enquiry, Service
from samtun.mail.models import Letter
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import people

PROVIDER = "leder@huset.example"


def today() -> date:
    """The day in Norway."""
    return timezone.localdate()


def due(name: str = "Temakafé", *, days: int = 0, **fields: Any) -> Service:  # noqa: ANN401
    """A service that was due `days` ago, kept by `PROVIDER` unless the fields say otherwise."""
    fields = {"assurer_email": PROVIDER} | fields
    service = make.service(name=name, assured_date=today() - timedelta(days=180 + days), **fields)
    confirming.renew_due([service.pk])
    service.refresh_from_db()
    return service


def asked(service: Service, stage: AskingStage, *, days: int) -> Asking:
    """We have come to `stage` with `service`, `days` ago."""
    since = today() - timedelta(days=days)
    return Asking.objects.create(service=service, stage=stage, since=since, first_asked_on=since)


def enquiry(*services: Service, email: str = PROVIDER) -> Enquiry:
    """The letter that asked about due `services` tonight."""
    night.night(today())
    return Enquiry.objects.get(email=email)


def editor(organization: Organization, **fields: Any) -> User:  # noqa: ANN401
    """An editor of the organisation and everything under it."""
    made = people.person(**fields)
    people.role(made, RoleKind.ORGANISATION_EDITOR, organization=organization)
    return made


def a_day_passes() -> None:
    """All that was written about asking is a day older."""
    day = timedelta(days=1)
    for asking in Asking.objects.all():
        Asking.objects.filter(pk=asking.pk).update(since=asking.since - day)
    Enquiry.objects.update(made_at=F("made_at") - day, expires_at=F("expires_at") - day)


def stages() -> dict[str, str]:
    """How far we have come, by the name of the service."""
    return dict(Asking.objects.values_list("service__name", "stage"))


def letters() -> list[Letter]:
    """All letters of confirmation, oldest first."""
    return list(Letter.objects.filter(purpose="confirmation").order_by("posted_at", "pk"))
