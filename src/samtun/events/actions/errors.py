"""Why an event was not saved; `str()` is fit for the organiser who tried."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samtun.events.models import Occurrence


class EventError(Exception):
    """Nothing was changed."""


class Invalid(EventError):  # noqa: N818  (a state of what was typed, named as one)
    """Something typed cannot be kept; `errors` says what, by the name of the value."""

    def __init__(self, **errors: str) -> None:
        super().__init__(_("Something must be put right before this can be saved."))
        self.errors = errors


class DatesWithParties(EventError):  # noqa: N818  (what stands in the way)
    """The change would cancel `dates` that people have signed up for; ask the organiser first."""

    def __init__(self, dates: Sequence[Occurrence]) -> None:
        super().__init__(
            _("People have signed up for dates that this would cancel. Confirm that you want it.")
        )
        self.dates = dates


class NotPossible(EventError):  # noqa: N818  (what the step is)
    """The event or the date is not in a state where this can be done."""
