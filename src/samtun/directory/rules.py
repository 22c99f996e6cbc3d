"""Who may do what with the map."""

from samtun.people.enums import RoleKind
from samtun.people.rules import HOLDERS, grant

__all__ = ["HOLDERS"]

_KEEPERS = (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR, RoleKind.ORGANISATION_EDITOR)

grant("directory.view_service", (*_KEEPERS, RoleKind.LEADER))  # drafts and history too
grant("directory.change_service", _KEEPERS)
grant("directory.add_service", _KEEPERS)
grant("directory.view_suggestion", _KEEPERS)
grant("directory.answer_suggestion", _KEEPERS)
grant("directory.view_freshness", (*_KEEPERS, RoleKind.LEADER))
grant("directory.view_missed_search", (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR))
grant("directory.settle_missed_search", (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR))
grant("organisations.add_organization", (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR))
grant("organisations.change_organization", _KEEPERS)
grant("organisations.change_region", (RoleKind.REGION_EDITOR,))
