"""What can be chosen where a plan is drafted."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from samtun.desk.plans.form import Choices
from samtun.events.models import Event
from samtun.learning.actions.plans.drafting import Owner
from samtun.learning.enums import ItemKind
from samtun.learning.models import Plan
from samtun.learning.queries import plan_pages
from samtun.learning.queries.plan_units import units_for
from samtun.learning.rules import HOLDERS
from samtun.organisations.models import Municipality, Organization, Region
from samtun.people.enums import RoleKind
from samtun.people.grants import Person, grants_of, held_today
from samtun.people.models import Role

_MOST_EVENTS = 200
_BACK = timedelta(days=90)
_NUMBER = 4  # digits of a municipality
_OWNERS = (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR)


def choices_for(plan: Plan) -> Choices:
    """Courses, modules, meetings and units; four queries."""
    language = get_language() or "nb"
    units = dict(_unit_names(plan))
    return Choices(
        things={
            ItemKind.COURSE: _pairs(plan_pages.course_titles(None, language)),
            ItemKind.MODULE: _pairs(plan_pages.module_titles(None, language)),
            ItemKind.EVENT: _events(plan),
        },
        units={name.casefold(): key for name, key in units.items()},
        unit_names={key: name for name, key in units.items()},
    )


def _pairs(titles: dict[UUID, str]) -> list[tuple[str, str]]:
    return [(str(key), title) for key, title in titles.items()]


def _events(plan: Plan) -> list[tuple[str, str]]:
    """Meetings of the owner's organisations that are no older than a season, or have no date."""
    since = timezone.now() - _BACK
    found = Event.objects.filter(organization__in=units_for(plan).values("pk"))
    found = found.filter(occurrences__starts_at__gte=since).distinct().order_by("name", "pk")
    return [(str(one), name) for one, name in found.values_list("pk", "name")[:_MOST_EVENTS]]


def _unit_names(plan: Plan) -> Iterator[tuple[str, UUID]]:
    """Each under a name of its own: those that share one say where they are."""
    rows = units_for(plan).order_by("name", "pk")
    found = list(rows.values_list("pk", "name", "municipality__name", "parent_organization__name"))
    often = Counter(name.casefold() for _key, name, _where, _above in found)
    for number, (key, name, where, above) in enumerate(found):
        if often[name.casefold()] == 1:
            yield name, key
        else:
            more = ", ".join(filter(None, (above, where))) or str(number)
            yield f"{name} ({more})", key


def owners_for(person: Person) -> list[tuple[str, str]]:
    """Whose plan `person` may make: what they reach, for an adviser any; region or number, name."""
    grants = grants_of(person)
    reach = grants.reach(HOLDERS["learning.change_plan"])
    everywhere = reach.everything or bool(grants.reach_of([RoleKind.ADVISER]))
    regions = Region.objects.order_by("slug")
    municipalities = Municipality.objects.filter(regions__isnull=False).distinct().order_by("name")
    if not everywhere:
        regions = regions.filter(pk__in=reach.regions)
        municipalities = municipalities.filter(pk__in=reach.municipalities)
    return [
        *((str(one.pk), one.name(get_language() or "nb").value) for one in regions),
        *((one.number, one.name) for one in municipalities),
    ]


def owner_called(key: str) -> Owner | None:
    """The municipality or region that `owners_for` named so."""
    if len(key) == _NUMBER:
        return Municipality.objects.filter(pk=key).first()
    try:
        return Region.objects.filter(pk=UUID(key)).first()
    except ValueError:
        return None


def only_advises(person: Person) -> bool:
    """Whether `person` reaches plans as an adviser alone: without the centre they lose sight."""
    grants = grants_of(person)
    return bool(grants.reach_of([RoleKind.ADVISER])) and not grants.reach(_OWNERS)


def advisers_for(person: Person) -> list[tuple[str, str]]:
    """Resource centres with an adviser today; an adviser names only their own."""
    roles = Role.objects.filter(held_today(), kind=RoleKind.ADVISER)
    rows = Organization.objects.filter(pk__in=roles.values("organization"))
    if only_advises(person):
        rows = rows.filter(pk__in=grants_of(person).reach_of([RoleKind.ADVISER]).organizations)
    return [(str(key), name) for key, name in rows.order_by("name").values_list("pk", "name")]
