"""Closed sets of words in `people`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleKind(models.TextChoices):
    """What a person does here; `ROLE_DESCRIPTIONS` says it in a sentence."""

    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    REGION_EDITOR = "region_editor", _("Region editor")
    ORGANISATION_EDITOR = "organisation_editor", _("Organisation editor")
    COORDINATOR = "coordinator", _("Coordinator")
    LEADER = "leader", _("Leader")
    ADVISER = "adviser", _("Adviser at a resource centre")
    EMPLOYEE = "employee", _("Employee")


ROLE_DESCRIPTIONS = {
    RoleKind.SYSTEM_ADMINISTRATOR: _("Runs the installation: all regions, people and roles."),
    RoleKind.REGION_EDITOR: _(
        "Looks after the whole map of a region, and who has which role in it."
    ),
    RoleKind.ORGANISATION_EDITOR: _(
        "Looks after the offers of an organisation and all its units, and who helps with it."
    ),
    RoleKind.COORDINATOR: _("Carers turn to them. Keeps the map true where they work."),
    RoleKind.LEADER: _(
        "Reads how the work is going, agrees on training plans, and follows up their own units."
    ),
    RoleKind.ADVISER: _("Helps municipalities with training and guidance."),
    RoleKind.EMPLOYEE: _("Takes courses."),
}


class ScopeKind(models.TextChoices):
    """What a role can be held for."""

    EVERYTHING = "everything", _("Everything")
    REGION = "region", _("A region")
    MUNICIPALITY = "municipality", _("A municipality")
    ORGANIZATION = "organization", _("An organisation with all its units")


_ANYWHERE = (ScopeKind.REGION, ScopeKind.MUNICIPALITY, ScopeKind.ORGANIZATION)
SCOPES_OF = {
    RoleKind.SYSTEM_ADMINISTRATOR: (ScopeKind.EVERYTHING,),
    RoleKind.REGION_EDITOR: (ScopeKind.REGION,),
    RoleKind.ORGANISATION_EDITOR: (ScopeKind.ORGANIZATION,),
    RoleKind.COORDINATOR: _ANYWHERE,
    RoleKind.LEADER: _ANYWHERE,
    RoleKind.ADVISER: (ScopeKind.ORGANIZATION,),
    RoleKind.EMPLOYEE: (ScopeKind.ORGANIZATION,),
}

# Roles that look after something which must never be without anybody; see `people.administrators`.
ADMINISTRATORS = frozenset(
    {RoleKind.SYSTEM_ADMINISTRATOR, RoleKind.REGION_EDITOR, RoleKind.ORGANISATION_EDITOR}
)

# Roles that see personal data of others: the trail, who has which role, who wrote in, who is late.
NEED_SECOND_FACTOR = frozenset(
    {
        RoleKind.SYSTEM_ADMINISTRATOR,
        RoleKind.REGION_EDITOR,
        RoleKind.ORGANISATION_EDITOR,
        RoleKind.COORDINATOR,
        RoleKind.LEADER,
    }
)


class CoordinatorKind(models.TextChoices):
    """Whom a coordinator is there for."""

    CARER = "carer", _("Carer coordinator")
    CANCER = "cancer", _("Cancer coordinator")
    DEMENTIA = "dementia", _("Dementia coordinator")
    CHILDREN = "children", _("Responsible for children as next of kin")
    CHILD_COORDINATOR = "child_coordinator", _("Child coordinator")
    MENTAL_HEALTH = "mental_health", _("Mental health and substance use")
    COORDINATING_UNIT = "coordinating_unit", _("Coordinating unit for rehabilitation")
    VOLUNTEERS = "volunteers", _("Volunteer coordinator")
    OTHER = "other", _("Other coordinator")
