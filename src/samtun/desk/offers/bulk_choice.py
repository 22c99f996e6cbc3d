"""The same change to many entries: what was asked for, what it would do, and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samtun.desk.area import scope_with
from samtun.directory.editing import actions
from samtun.directory.editing.bulk import Result
from samtun.directory.editing.document import Document
from samtun.directory.editing.reading import documents_of
from samtun.directory.editing.trying import Trial, tried
from samtun.directory.enums import ServiceStatus, Taxonomies
from samtun.directory.models import Service
from samtun.directory.queries.kept import organizations_of, services_of
from samtun.directory.queries.terms import terms
from samtun.directory.rules import HOLDERS
from samtun.organisations.models import Organization
from samtun.organisations.queries import municipality_names
from samtun.people.grants import grants_of, held_today
from samtun.people.models import Role, User

MOST = 500
PERMISSION = "directory.change_service"
What = Literal["organization", "keeper", "covers", "needs", "target_groups", "archive"]
_TERMS = {"needs": Taxonomies.NEEDS, "target_groups": Taxonomies.TARGET_GROUPS}


def chosen(person: User, keys: Sequence[str]) -> list[Service]:
    """Those of `keys` that `person` may change, by name; others are as if they were not there."""
    known = {key for text in keys[: MOST * 2] if (key := _uuid(text))}
    mine = services_of(person, PERMISSION).filter(pk__in=known)
    return list(mine.select_related("organization").order_by("name", "pk")[:MOST])


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class Choice(forms.Form):
    """What to do with what is chosen; only the fields of the button that was pressed count."""

    what = forms.ChoiceField(
        choices=[(each, each) for each in ("organization", "keeper", "covers", *_TERMS, "archive")]
    )
    organization = forms.ModelChoiceField(
        queryset=Organization.objects.none(), required=False, label=_("The organisation"),
        empty_label=_("Choose"),
    )  # fmt: skip
    keeper = forms.ModelChoiceField(
        queryset=User.objects.none(), required=False, label=_("Somebody who works here"),
        empty_label=_("Choose"),
    )  # fmt: skip
    email = forms.EmailField(required=False, label=_("or an e-mail address at the provider"))
    mode = forms.ChoiceField(
        choices=[("add", _("Add")), ("remove", _("Take away"))], required=False
    )
    covers = forms.MultipleChoiceField(required=False, label=_("Municipalities"))
    needs = forms.MultipleChoiceField(required=False, label=_("Needs"))
    target_groups = forms.MultipleChoiceField(required=False, label=_("Target groups"))

    def __init__(
        self, person: User, services: Sequence[Service], data: QueryDict | None = None
    ) -> None:
        super().__init__(data, auto_id="bulk-%s")
        fields: dict[str, Any] = self.fields
        fields["organization"].queryset = organizations_of(person, PERMISSION).order_by("name")
        fields["keeper"].queryset = _keepers(person)
        fields["covers"].choices = _places(person, services)
        for name, taxonomy in _TERMS.items():
            known = terms(taxonomy, get_language() or "nb")
            fields[name].choices = [(code, term.label) for code, term in known.items()]

    def clean(self) -> dict[str, Any]:
        """Something must be chosen for the button that was pressed."""
        given: dict[str, Any] = super().clean() or {}
        what = given.get("what", "")
        if what == "keeper" and not (given.get("keeper") or given.get("email")):
            self.add_error("keeper", _("Choose somebody, or write an address."))
        elif what in ("organization", "covers", *_TERMS) and not given.get(what):
            self.add_error(what, _("Choose something first."))
        return given


def _keepers(person: User) -> QuerySet[User]:
    """Those who look after entries where `person` does, and `person`."""
    reach = grants_of(person).reach(HOLDERS[PERMISSION])
    area = reach.condition_of_area() | reach.condition("organization")
    roles = Role.objects.filter(area, held_today(), kind__in=HOLDERS[PERMISSION])
    found = User.objects.filter(is_active=True, pk__in=roles.values("person"))
    return found.order_by("name", "email")


def _places(person: User, services: Sequence[Service]) -> list[tuple[str, str]]:
    """The municipalities of the maps that `person` or the entries belong to, by name."""
    numbers = set(grants_of(person).reach(HOLDERS[PERMISSION]).municipalities)
    numbers |= {one.organization.municipality_id or "" for one in services} - {""}
    for number in tuple(numbers):
        scope = scope_with(number)
        numbers |= scope.numbers if scope else set()
    names = municipality_names()
    wanted = numbers or set(names)
    return sorted(((one, names[one]) for one in wanted if one in names), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: what would change in it, or why it cannot be."""

    service: Service
    trial: Trial


def preview(services: Sequence[Service], given: dict[str, Any], person: User) -> list[Line]:
    """What would change in each, exactly; nothing is changed."""
    return [
        Line(service, tried(_edited(document, given), document, by=person, service=service))
        for service, document in zip(services, documents_of(services), strict=True)
    ]


def _edited(document: Document, given: dict[str, Any]) -> dict[str, object]:
    """The fields that the change writes, as they would be."""
    what: What = given["what"]
    if what == "organization":
        return {"organization": str(given["organization"].pk)}
    if what == "keeper":
        keeper = given["keeper"]
        email = "" if keeper else given["email"]
        return {"keeper": str(keeper.pk) if keeper else None, "assurer_email": email}
    if what == "archive":
        return {"status": str(ServiceStatus.DEFUNCT), "publish_on": None, "end_on": None}
    words: list[str] = document[what]
    if given["mode"] == "remove":
        return {what: [word for word in words if word not in given[what]]}
    return {what: [*words, *(word for word in given[what] if word not in words)]}


def carry_out(services: Sequence[Service], given: dict[str, Any], person: User) -> list[Result]:
    """Do it; a word on each, in the same order."""
    what: What = given["what"]
    if what == "organization":
        return actions.change_owner(services, by=person, organization=given["organization"])
    if what == "keeper":
        keeper = given["keeper"]
        email = None if keeper else given["email"]
        return actions.change_owner(services, by=person, keeper=keeper, assurer_email=email)
    if what == "archive":
        return actions.archive_many(services, by=person)
    change = {given["mode"] or "add": given[what]}
    if what == "covers":
        return actions.change_coverage(services, by=person, **change)
    return actions.tag(services, by=person, field=what, **change)
