"""What positions are called, in the reader's language."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtun.people.enums import CoordinatorKind, RoleKind
from samtun.people.models.role import Position


def kind_name(position: Position) -> str:
    """The kind of work: "Cancer coordinator", "Leader"."""
    if position.coordinator_kind:
        return str(CoordinatorKind(position.coordinator_kind).label)
    return str(RoleKind(position.kind).label)


def scope_name(position: Position) -> str:
    """What it is for: a region, municipality or organisation, or everything."""
    if position.region:
        return str(position.region.name(get_language() or "nb"))
    held_for = position.municipality or position.organization
    return held_for.name if held_for else _("everything")


def position_name(position: Position) -> str:
    """The whole of it: "Cancer coordinator, Valdres"."""
    return f"{kind_name(position)}, {scope_name(position)}"
