"""Forms of organisations and regions."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_widgets import choice, line, lines, tick
from samtun.directory.editing.organisations import OrganizationFacts, RegionWishes
from samtun.directory.queries.kept import organizations_of
from samtun.directory.rules import HOLDERS
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization, Region
from samtun.organisations.numbers import validate_organization_number
from samtun.organisations.queries import municipality_names, region_scopes
from samtun.people.grants import grants_of
from samtun.people.models import User

Option = tuple[str, str]
_MOST = 1000
LONGEST_INTRODUCTION = 2000


class OrganizationForm(forms.Form):
    """An organisation or a unit of one."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Name"), max_length=300, widget=line(),
        help_text=_("As people know it. Example: Frivilligsentralen i Vang"),
    )  # fmt: skip
    where = forms.ChoiceField(
        label=_("Where it belongs"), widget=choice(),
        help_text=_("Those who look after the map there can change it."),
    )  # fmt: skip
    parent = forms.ChoiceField(
        label=_("Part of"), required=False, widget=choice(),
        help_text=_("The organisation it is a unit or a branch of, if any."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("What they do"), required=False, max_length=5000, widget=lines(3)
    )
    website = forms.URLField(
        label=_("Page on the web"), required=False, max_length=2000, assume_scheme="https",
        widget=line("url"),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), required=False, widget=line("email"))
    organization_number = forms.CharField(
        label=_("Organisation number"), required=False, max_length=20,
        widget=line(inputmode="numeric"), help_text=_("Nine digits, as in Brønnøysund."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any,  # noqa: ANN401  (what was sent, or nothing)
        *,
        person: User,
        organization: Organization | None,
        permission: str,
    ) -> None:
        """What can be chosen is what `person` has `permission` over."""
        super().__init__(data, initial=_initial(organization) if organization else None)
        self.fields["where"].choices = _places(person, permission, organization)  # type: ignore[attr-defined]
        self.fields["parent"].choices = _parents(person, organization)  # type: ignore[attr-defined]

    def clean_organization_number(self) -> str | None:
        """Digits only, with a right check digit."""
        number = "".join(self.cleaned_data["organization_number"].split())
        if number:
            validate_organization_number(number)
        return number or None

    def facts(self) -> OrganizationFacts:
        """What was written; after `is_valid`."""
        clean = self.cleaned_data
        kind, _colon, key = clean["where"].partition(":")
        return OrganizationFacts(
            name=clean["name"],
            description=clean["description"],
            website=clean["website"],
            email=clean["email"],
            organization_number=clean["organization_number"],
            parent_organization_id=UUID(clean["parent"]) if clean["parent"] else None,
            municipality_id=key if kind == "municipality" else None,
            region_id=UUID(key) if kind == "region" else None,
        )


def _initial(organization: Organization) -> dict[str, Any]:
    return {
        "name": organization.name,
        "where": _where(organization),
        "parent": str(organization.parent_organization_id or ""),
        "description": organization.description,
        "website": organization.website,
        "email": organization.email,
        "organization_number": organization.organization_number or "",
    }


def _where(organization: Organization) -> str:
    if organization.municipality_id:
        return f"municipality:{organization.municipality_id}"
    return f"region:{organization.region_id}" if organization.region_id else "none:"


def _places(person: User, permission: str, organization: Organization | None) -> list[Option]:
    """Municipalities and regions that `person` reaches, and where it belongs already."""
    reach = grants_of(person).reach(HOLDERS[permission])
    scopes = [one for one in region_scopes() if reach.everything or one.id in reach.regions]
    near = {number for scope in scopes for number in scope.numbers} | reach.municipalities
    names = municipality_names()
    known = sorted((names[one], one) for one in near if one in names)
    found = [(f"municipality:{number}", name) for name, number in known]
    whole = gettext("The whole of %(region)s")
    found += [
        (f"region:{one.id}", whole % {"region": one.names.get("nb", one.slug)}) for one in scopes
    ]
    if organization and _where(organization) not in dict(found):
        name = names.get(organization.municipality_id or "", gettext("As now"))
        found.insert(0, (_where(organization), name))
    return found


def _parents(person: User, organization: Organization | None) -> list[Option]:
    reached = organizations_of(person, "organisations.change_organization").order_by("name", "pk")
    if organization:
        reached = reached.exclude(pk=organization.pk)
    found = [(str(key), name) for key, name in reached.values_list("pk", "name")[:_MOST]]
    current = organization.parent_organization if organization else None
    if current and str(current.pk) not in dict(found):
        found.insert(0, (str(current.pk), current.name))
    return [("", gettext("Nothing, it stands alone")), *found]


class RegionForm(forms.Form):
    """How a region keeps its map."""

    use_required_attribute = False

    confirm_every_days = forms.IntegerField(
        label=_("Days between letters to a keeper"), widget=line(inputmode="numeric"),
        validators=[MinValueValidator(14), MaxValueValidator(730)],
        help_text=_("How long an offer stands before its keeper is asked. Half a year is 180."),
    )  # fmt: skip
    keeper_changes_go_live = forms.BooleanField(
        label=_("What keepers change is shown at once"), required=False, widget=tick(),
        help_text=_("Without the tick, one of you looks at it first."),
    )  # fmt: skip

    def __init__(self, data: Any, *, region: Region) -> None:  # noqa: ANN401  (what was sent)
        """With a box for the welcome in each language."""
        initial = {
            "confirm_every_days": region.confirm_every_days,
            "keeper_changes_go_live": region.keeper_changes_go_live,
        }
        initial |= {f"introduction_{code}": text for code, text in region.introductions.items()}
        super().__init__(data, initial=initial)
        for code, name in Language.choices:
            self.fields[f"introduction_{code}"] = forms.CharField(
                label=name, required=False, max_length=LONGEST_INTRODUCTION,
                widget=lines(4, lang=code),
            )  # fmt: skip

    @property
    def introductions(self) -> list[forms.BoundField]:
        """The boxes of the welcome."""
        return [self[f"introduction_{code}"] for code in Language.values]

    def wishes(self, region: Region) -> RegionWishes:
        """What was written; after `is_valid`. Languages without a box stay as they are."""
        texts = {code: self.cleaned_data[f"introduction_{code}"] for code in Language.values}
        kept = {code: text for code, text in region.introductions.items() if code not in texts}
        return RegionWishes(
            confirm_every_days=self.cleaned_data["confirm_every_days"],
            keeper_changes_go_live=self.cleaned_data["keeper_changes_go_live"],
            introductions=kept | {code: text for code, text in texts.items() if text},
        )
