"""Who may do what with training."""

from samtun.people.enums import RoleKind
from samtun.people.rules import HOLDERS, grant

__all__ = ["HOLDERS"]

_KEEPERS = (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR, RoleKind.ORGANISATION_EDITOR)

# Plans and mappings: over the owner's municipality or region, or as its resource centre.
grant("learning.view_plan", (*_KEEPERS, RoleKind.LEADER, RoleKind.ADVISER))
grant("learning.change_plan", (RoleKind.REGION_EDITOR, RoleKind.COORDINATOR, RoleKind.ADVISER))
# For the owner leaders and editors say yes, for the resource centre its adviser; see
# `actions.agreeing`.
grant("learning.agree_plan", (RoleKind.REGION_EDITOR, RoleKind.LEADER, RoleKind.ADVISER))
# Employees by name: only roles that need a second factor, over units that they reach.
grant("learning.view_employee", (RoleKind.REGION_EDITOR, RoleKind.ORGANISATION_EDITOR))
grant("learning.change_employee", (RoleKind.REGION_EDITOR, RoleKind.ORGANISATION_EDITOR))
# How units stand, as counts, and who is overdue by name.
grant("learning.view_unit", (RoleKind.REGION_EDITOR, RoleKind.ORGANISATION_EDITOR, RoleKind.LEADER))
grant("learning.decide", (RoleKind.ORGANISATION_EDITOR, RoleKind.LEADER))
# Group sessions, checklists and what a unit follows up.
grant(
    "learning.lead_session",
    (*_KEEPERS, RoleKind.LEADER, RoleKind.ADVISER, RoleKind.EMPLOYEE),
)
# Who was there by name: the leading roles of the unit, and whoever leads it themselves.
grant(
    "learning.view_participant",
    (*_KEEPERS, RoleKind.LEADER),
    over_own=(RoleKind.ADVISER, RoleKind.EMPLOYEE),
)
