"""Who may do what with meeting places."""

from samtun.people.enums import RoleKind
from samtun.people.rules import HOLDERS, grant

__all__ = ["HOLDERS"]

_KEEPERS = (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR, RoleKind.ORGANISATION_EDITOR)

grant("events.view_event", (*_KEEPERS, RoleKind.LEADER))  # drafts too; names nobody who comes
grant("events.change_event", _KEEPERS)
grant("events.add_event", _KEEPERS)
grant("events.view_party", _KEEPERS)  # who comes: roles that need a second factor
grant("events.change_party", _KEEPERS)
grant("events.view_numbers", (*_KEEPERS, RoleKind.LEADER))
