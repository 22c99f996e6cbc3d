"""Who may write and publish courses. Wagtail asks here; its own groups are not used.

Whoever writes makes drafts and asks for review; whoever publishes decides what readers meet, and
takes it away again. At a resource centre the adviser writes and the editor publishes;
one person may hold both roles.
"""

from samtun.people.enums import RoleKind
from samtun.people.rules import HOLDERS, grant

__all__ = ["HOLDERS"]

_PUBLISHERS = (RoleKind.ORGANISATION_EDITOR, RoleKind.REGION_EDITOR)

grant("editorial.write", (*_PUBLISHERS, RoleKind.ADVISER))
grant("editorial.publish", _PUBLISHERS)
# Pictures and files stay as long as anything refers to them; only whoever runs the installation
# takes one away.
grant("editorial.delete_media", ())
