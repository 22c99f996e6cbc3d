"""Answers the few questions that Wagtail asks by the name of a Django permission."""

from typing import Any

from django.http import HttpRequest

from samtun.people.grants import Person
from samtun.people.rules import may

_ASKED = {
    "wagtailadmin.access_admin": "editorial.write",
    "simple_translation.submit_translation": "editorial.write",
}


class EditorialBackend:
    """Signs nobody in; only knows what those who have signed in may do."""

    def authenticate(self, request: HttpRequest | None) -> None:
        """Never: that is somebody else's business."""

    def has_perm(self, person: Person, permission: str, thing: Any = None) -> bool:  # noqa: ANN401
        """Whether `person` may write at all; over what, `policies` say."""
        return permission in _ASKED and may(person, _ASKED[permission])
