"""Who works here, what they may do, and what was done."""

from samtun.people.models.audit import AuditEvent
from samtun.people.models.counted import Counted
from samtun.people.models.role import Invitation, Role
from samtun.people.models.user import User

__all__ = ["AuditEvent", "Counted", "Invitation", "Role", "User"]
