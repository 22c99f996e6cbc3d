"""Asking: the letter, what it asks about, and how far we have come with each entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from samtun.directory.enums import AskingStage
from samtun.directory.keeping import letters
from samtun.directory.models import Asking, EnquiredService, Enquiry, Service
from samtun.mail import actions as mail
from samtun.mail.addresses import is_valid
from samtun.mail.queries import bounced_among
from samtun.organisations.enums import Language
from samtun.people import audit
from samtun.people.models import User

GOOD_FOR = timedelta(days=60)  # a letter's links
FORGOTTEN_AFTER = timedelta(days=30)  # from when they stopped working
MOST_ENTRIES = 500  # in one letter; the rest follow the next night


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a letter goes to; `person` when they have an account."""

    email: str
    person: User | None
    language: str


def reader_of(service: Service) -> Reader:
    """The keeper of `service`; load keeper and organisation along."""
    keeper = service.keeper
    if keeper and keeper.is_active:
        return Reader(keeper.email, keeper, keeper.language)
    return Reader(service.assurer_email, None, service.organization.language)


@transaction.atomic
def ask(groups: Iterable[tuple[Reader, Sequence[Service]]], stage: AskingStage) -> int:
    """Write one letter to each reader about their services; returns how many letters.

    The letters, the enquiries and nothing else: see `mark` for how far we have come.
    """
    today = timezone.now()
    made = [
        (
            Enquiry(
                email=reader.email,
                person=reader.person,
                language=reader.language if reader.language in Language else Language.BOKMAL,
                made_at=today,
                expires_at=today + GOOD_FOR,
            ),
            services,
        )
        for reader, services in groups
    ]
    Enquiry.objects.bulk_create([enquiry for enquiry, _ in made])
    EnquiredService.objects.bulk_create(
        [
            EnquiredService(enquiry=enquiry, service=service)
            for enquiry, services in made
            for service in services
        ]
    )
    return mail.post_all(
        [letters.letter_about(enquiry, services, stage) for enquiry, services in made]
    )


def mark(services: Iterable[Service], stage: AskingStage, today: date) -> None:
    """Write that asking about `services` has come to `stage` today."""
    Asking.objects.bulk_create(
        [
            Asking(service=service, stage=stage, since=today, first_asked_on=today)
            for service in services
        ],
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=["stage", "since"],
    )


def forget() -> int:
    """Delete letters' links that stopped working a month ago; returns how many.

    What was answered stays as `Confirmation`, without an address.
    """
    old = Enquiry.objects.filter(expires_at__lt=timezone.now() - FORGOTTEN_AFTER)
    return old.delete()[1].get("directory.Enquiry", 0)


@transaction.atomic
def ask_now(service: Service, *, by: User) -> bool:
    """Write to the keeper of `service` at once, whatever we have come to; whether that could be.

    Not when nobody keeps it, when letters to them come back, or when they were asked today.
    """
    reader = reader_of(service)
    recent = Enquiry.objects.filter(
        services__service=service,
        email__iexact=reader.email,
        made_at__gt=timezone.now() - timedelta(days=1),
    )
    if not is_valid(reader.email) or bounced_among([reader.email]) or recent.exists():
        return False
    mark([service], AskingStage.ASKED, timezone.localdate())
    ask([(reader, [service])], AskingStage.ASKED)
    audit.record("service.asked", by=by, about=service)
    return True
