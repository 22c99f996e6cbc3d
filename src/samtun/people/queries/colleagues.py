"""The people of the desk's list, and one of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.people.grants import Person, not_over
from samtun.people.models import Role, User
from samtun.people.queries.roles import roles_of

PEOPLE_A_PAGE = 50
_LATELY = timedelta(days=30)
_MOST_TO_CHOOSE = 300


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with the roles of theirs that may be seen."""

    person: User
    roles: list[Role] = field(default_factory=list)

    @property
    def last_seen(self) -> str:
        """When they last signed in, coarsely: it is nobody's business which day."""
        if self.person.last_login is None:
            return _("Never signed in")
        recently = timezone.now() - self.person.last_login < _LATELY
        return _("This month") if recently else _("Longer ago")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people to list."""

    text: str = ""
    kind: str = ""
    with_ended: bool = False


def colleagues(person: Person, wanted: Wanted, *, page: int = 1) -> tuple[list[Colleague], bool]:
    """One page of those whose roles `person` may see, by name, and whether there are more."""
    roles = roles_of(person)
    if not wanted.with_ended:
        roles = roles.filter(not_over())
    if wanted.kind:
        roles = roles.filter(Q(kind=wanted.kind) | Q(coordinator_kind=wanted.kind))
    theirs = Exists(roles.filter(person=OuterRef("pk")))
    people = User.objects.filter(theirs, _named(wanted.text)).order_by(Lower("name"), "pk")
    first = (page - 1) * PEOPLE_A_PAGE
    found = list(people[first : first + PEOPLE_A_PAGE + 1])
    shown = found[:PEOPLE_A_PAGE]
    by_person = _by_person(roles.filter(person__in=shown))
    return [Colleague(one, by_person[one.pk]) for one in shown], len(found) > PEOPLE_A_PAGE


def colleague(person: Person, key: UUID) -> Colleague | None:
    """Somebody of whom `person` may see at least one role, with all of those."""
    roles = list(roles_of(person).filter(person=key).order_by("starts_on", "pk"))
    found = User.objects.filter(pk=key).first()
    return Colleague(found, roles) if found and roles else None


def others_with(person: Person, kinds: Iterable[str], *, besides: User) -> list[User]:
    """Those whom `person` may see with a role of `kinds` today, by name."""
    today = timezone.localdate()
    roles = roles_of(person).filter(not_over(), starts_on__lte=today, kind__in=[*kinds])
    theirs = Exists(roles.filter(person=OuterRef("pk")))
    people = User.objects.filter(theirs, is_active=True).exclude(pk=besides.pk)
    return list(people.order_by(Lower("name"), "pk"))


def _named(text: str) -> Q:
    words = text.split()[:5]
    condition = Q()
    for word in words:
        condition &= Q(name__icontains=word) | Q(email__icontains=word)
    return condition


def _by_person(roles: Iterable[Role]) -> dict[UUID, list[Role]]:
    found: dict[UUID, list[Role]] = defaultdict(list)
    for role in roles:
        found[role.person_id].append(role)
    for each in found.values():
        each.sort(key=lambda role: (role.starts_on, role.pk.hex))
    return found


def known_to(person: Person) -> list[tuple[str, str]]:
    """Those who have or had a role that `person` may see, to choose one from: key and name."""
    theirs = Exists(roles_of(person).filter(person=OuterRef("pk")))
    rows = User.objects.filter(theirs).order_by(Lower("name"), "pk").only("pk", "name", "email")
    return [(str(one.pk), str(one)) for one in rows[:_MOST_TO_CHOOSE]]
