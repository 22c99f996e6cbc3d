"""What can stand in the way of a change, said so that people can do something about it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from samtun.directory.editing.differences import Difference
    from samtun.directory.models import ServiceVersion


class EditingError(Exception):
    """Nothing was changed; `str()` is fit for the person who tried."""


class Invalid(EditingError):  # noqa: N818  (a state of what was typed, named as one)
    """Something typed cannot be kept; `errors` says what, by field ("phones.0.number")."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(_("Something must be put right before this can be saved."))
        self.errors = errors


class Changed(EditingError):  # noqa: N818  (what has happened to the entry)
    """Somebody else saved the entry in between.

    `current_version` is the newest version; `since` all that came in between, oldest first, with
    their `person`; `differences` what they changed together.
    """

    def __init__(
        self,
        current_version: "ServiceVersion",
        since: list["ServiceVersion"],
        differences: list["Difference"],
    ) -> None:
        super().__init__(_("Somebody else has changed this entry while you were writing."))
        self.current_version = current_version
        self.since = since
        self.differences = differences


class TooLarge(EditingError):  # noqa: N818  (what the draft is)
    """A draft holds more than anybody types."""

    def __init__(self) -> None:
        super().__init__(_("This is too much text to keep as a draft."))


class NotYours(EditingError):  # noqa: N818  (what the entry is)
    """The person may not do this with the entry."""

    def __init__(self) -> None:
        super().__init__(_("You cannot change this entry."))
