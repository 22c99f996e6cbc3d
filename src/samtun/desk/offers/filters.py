"""The filters above the list of offers."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from samtun.directory.queries.kept import organizations_of
from samtun.directory.queries.offer_list import Wanted
from samtun.directory.queries.terms import top_needs
from samtun.organisations.queries import municipality_names, region_scopes
from samtun.people.grants import Person, grants_of
from samtun.people.rules import HOLDERS

Option = tuple[str, str]
_PERMISSION = "directory.view_service"
_MOST = 300  # organisations in the list


@dataclass(frozen=True, slots=True)
class Filter:
    """A list to choose one from."""

    name: str
    label: str
    options: list[Option]
    chosen: str

    @property
    def id(self) -> str:
        """Its identifier on the page."""
        return f"filter-{self.name}"


def wanted_in(query: QueryDict) -> Wanted:
    """What an address asks for; anything may stand in it."""
    return Wanted(
        words=query.get("q", "").replace("\x00", "")[:200],
        state=query.get("tilstand", ""),
        work=query.get("arbeid", ""),
        organization=query.get("virksomhet", "")[:40],
        municipality=query.get("kommune", "").replace("\x00", "")[:4],
        need=query.get("behov", "").replace("\x00", "")[:200],
        sort=query.get("sorter", ""),
    )


def filters_for(person: Person, wanted: Wanted, language: str) -> list[Filter]:
    """The filters with what `person` can choose in each; one query."""
    organizations = organizations_of(person, _PERMISSION).order_by("name", "pk")
    found = organizations.values_list("pk", "name")[:_MOST]
    states = [("public", _("On the map")), ("draft", _("Drafts")), ("archived", _("Archived"))]
    work = [
        ("overdue", _("Not confirmed in time")),
        ("unkept", _("Nobody keeps it")),
        ("dead", _("A dead link")),
    ]
    needs = [(term.code, term.label) for term in top_needs(language)]
    return [
        Filter("tilstand", _("State"), states, wanted.state),
        Filter("arbeid", _("What needs work"), work, wanted.work),
        Filter("virksomhet", _("Organisation"), [(str(k), n) for k, n in found],
               wanted.organization),
        Filter("kommune", _("Covers"), _municipalities(person), wanted.municipality),
        Filter("behov", _("Need"), needs, wanted.need),
        Filter("sorter", _("Sort"), [("name", _("By name")), ("changed", _("Last changed"))],
               wanted.sort),
    ]  # fmt: skip


def _municipalities(person: Person) -> list[Option]:
    reach = grants_of(person).reach(HOLDERS[_PERMISSION])
    names = municipality_names()
    near = {number for scope in region_scopes() for number in scope.numbers}
    numbers = reach.municipalities or near
    return sorted(((one, names[one]) for one in numbers if one in names), key=lambda one: one[1])
