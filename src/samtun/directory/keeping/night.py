"""The night's round: who is asked about what, who is reminded, and who is asked instead.

Every step reads from the database what is left to do, and writes a letter together with the fact
that it is written. So a round that was cut off is simply run again, and one that is run twice finds
nothing the second time. Steps are taken by the thousand: memory does not grow with the map.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from samtun.directory.editing import actions as editing
from samtun.directory.enums import AskingStage
from samtun.directory.keeping import enquiries
from samtun.directory.keeping.enquiries import MOST_ENTRIES, Reader, reader_of
from samtun.directory.models import Asking, EnquiredService, Service
from samtun.directory.queries.keepers import due_services, with_keeper
from samtun.mail.addresses import is_valid
from samtun.mail.queries import bounced_among
from samtun.people.enums import RoleKind
from samtun.people.grants import grants_of, held_today
from samtun.people.models import Role, User

PATIENCE = timedelta(days=14)  # between one step and the next
AHEAD = timedelta(days=14)  # what is due so soon comes along, so that keepers get few letters
_ROWS = 5_000  # read at a time
_LETTERS = 200  # in one transaction


@dataclass(slots=True)
class Round:
    """What a night did: letters to keepers and to editors, entries left to the desk."""

    letters: int = 0
    letters_to_editors: int = 0
    to_the_desk: int = 0


def night(today: date) -> Round:
    """Take every step that is due on `today`, the day in Norway."""
    done = Round()
    editing.apply_dates(today)
    _forget_settled(today)
    done.to_the_desk += _give_up(today)
    _turn_to_editors(today)
    done.letters = _ask_keepers(today)
    _mark_unkept(today)
    done.letters_to_editors = _ask_editors()
    done.to_the_desk += _without_editors(today)
    return done


def _forget_settled(today: date) -> None:
    """What is no longer due was confirmed, archived or changed in another way than by letter."""
    still = due_services(today + AHEAD).filter(pk=OuterRef("service"))
    Asking.objects.filter(~Exists(still)).delete()


def _give_up(today: date) -> int:
    waited = Asking.objects.filter(stage=AskingStage.ESCALATED, since__lte=today - PATIENCE)
    return waited.update(stage=AskingStage.DESK, since=today)


def _turn_to_editors(today: date) -> None:
    waited = Asking.objects.filter(stage=AskingStage.REMINDED, since__lte=today - PATIENCE)
    waited.update(stage=AskingStage.ESCALATED, since=today)


# -- keepers ------------------------------------------------------------------------------------


def _to_ask(today: date) -> QuerySet[Any]:
    """What a keeper is to be asked about tonight, for the first time or again."""
    again = Q(asking__stage=AskingStage.ASKED, asking__since__lte=today - PATIENCE)
    return with_keeper(due_services(today + AHEAD).filter(Q(asking__isnull=True) | again))


def _ask_keepers(today: date) -> int:
    letters = 0
    for addresses in _addresses(today):
        for start in range(0, len(addresses), _LETTERS):
            letters += _ask_some(addresses[start : start + _LETTERS], today)
    return letters


_Addressed = tuple[str, list[UUID]]


def _addresses(today: date) -> Iterator[list[_Addressed]]:
    """Addresses with what to ask about, thousands at a time; each address comes once."""
    last = ""
    while rows := list(
        _to_ask(today)
        .filter(address__gt=last)
        .order_by("address", "pk")
        .values_list("address", "pk", "confirm_due_on", "asking__stage")[:_ROWS]
    ):
        groups = [(address, list(group)) for address, group in groupby(rows, lambda row: row[0])]
        if len(rows) == _ROWS and len(groups) > 1:
            groups.pop()  # perhaps cut off: it begins the next batch
        last = groups[-1][0]
        yield [
            (address, [row[1] for row in group])
            for address, group in groups
            if any(stage or due <= today for _, _, due, stage in group)
        ]


@transaction.atomic
def _ask_some(addressed: Sequence[_Addressed], today: date) -> int:
    bounced = bounced_among(address for address, _ in addressed)
    wanted = [key for _, keys in addressed for key in keys[:MOST_ENTRIES]]
    found = {service.pk: service for service in _services(wanted, today)}
    first, again = _new_letters(), _new_letters()
    for address, keys in addressed:
        services = [found[key] for key in keys[:MOST_ENTRIES] if key in found]
        if address in bounced or not is_valid(address):
            enquiries.mark(services, AskingStage.ESCALATED, today)
        elif services:
            is_again = any(hasattr(service, "asking") for service in services)
            (again if is_again else first).append((reader_of(services[0]), services))
    _mark_asked(first + again, today)
    return enquiries.ask(first, AskingStage.ASKED) + enquiries.ask(again, AskingStage.REMINDED)


def _new_letters() -> list[tuple[Reader, list[Service]]]:
    return []


def _services(keys: Sequence[UUID], today: date) -> QuerySet[Any]:
    """Those still to be asked about, with what a letter says of them."""
    found = _to_ask(today).filter(pk__in=keys)
    return found.select_related("keeper", "organization", "asking").only(
        "name", "language", "translations", "assurer_email", "organization__language",
        "keeper__email", "keeper__language", "keeper__is_active", "asking__stage",
    )  # fmt: skip


def _mark_asked(letters: Sequence[tuple[Reader, list[Service]]], today: date) -> None:
    services = [service for _, each in letters for service in each]
    again = [service.pk for service in services if hasattr(service, "asking")]
    new = [service for service in services if not hasattr(service, "asking")]
    enquiries.mark(new, AskingStage.ASKED, today)
    Asking.objects.filter(pk__in=again).update(stage=AskingStage.REMINDED, since=today)


def _mark_unkept(today: date) -> None:
    """What is due and has no keeper goes to the organisation's editors at once."""
    unkept = with_keeper(due_services(today).filter(asking__isnull=True)).filter(address="")
    lost = with_keeper(due_services(today + AHEAD).filter(asking__stage=AskingStage.ASKED))
    for services in (unkept, lost.filter(address="")):
        while batch := list(services.only("pk").order_by("pk")[:_ROWS]):
            with transaction.atomic():
                enquiries.mark(batch, AskingStage.ESCALATED, today)


# -- editors ------------------------------------------------------------------------------------


def _ask_editors() -> int:
    """One letter to each editor about all that nobody answered for, unless they have it already."""
    letters = 0
    last = UUID(int=0)
    roles = Role.objects.filter(
        held_today(), kind=RoleKind.ORGANISATION_EDITOR, person__is_active=True
    )
    while people := list(
        User.objects.filter(pk__in=roles.values("person"), pk__gt=last).order_by("pk")[:_LETTERS]
    ):
        last = people[-1].pk
        letters += _ask_some_editors(people)
    return letters


@transaction.atomic
def _ask_some_editors(people: Sequence[User]) -> int:
    bounced = bounced_among(person.email for person in people)
    letters = [
        (Reader(person.email, person, person.language), services)
        for person in people
        if person.email.lower() not in bounced and (services := _unanswered_for(person))
    ]
    return enquiries.ask(letters, AskingStage.ESCALATED)


def _unanswered_for(editor: User) -> list[Service]:
    """What `editor` has not been asked about. Not what they keep: they have been asked twice."""
    reach = grants_of(editor).by_kind.get(RoleKind.ORGANISATION_EDITOR)
    if not reach:
        return []
    open_ones = Service.objects.filter(
        reach.condition("organization"), asking__stage=AskingStage.ESCALATED
    )
    asked = EnquiredService.objects.filter(
        service=OuterRef("pk"),
        enquiry__person=editor,
        enquiry__made_at__date__gte=OuterRef("asking__since"),
    )
    found = open_ones.filter(~Exists(asked)).exclude(keeper=editor).order_by("confirm_due_on", "pk")
    return list(found.only("name", "language", "translations")[:MOST_ENTRIES])


def _without_editors(today: date) -> int:
    """What no editor could be asked about is left to the region's desk."""
    asked = EnquiredService.objects.filter(
        service=OuterRef("service"),
        enquiry__person__isnull=False,
        enquiry__made_at__date__gte=OuterRef("since"),
    )
    alone = Asking.objects.filter(~Exists(asked), stage=AskingStage.ESCALATED)
    return alone.update(stage=AskingStage.DESK, since=today)
