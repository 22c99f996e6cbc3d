"""What stands in the way of a change to a plan; `str()` is fit for the person who tried."""

from django.utils.translation import gettext as _

from samtun.learning.errors import LearningError
from samtun.learning.queries.plan_content import Content


class PlanError(LearningError):
    """Nothing was changed."""


class Frozen(PlanError):  # noqa: N818  (the state that stands in the way)
    """Somebody has agreed on the version; what is to be different becomes a new version."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody has agreed on this version, so it can't be changed. Make a new version.")
        )


class Changed(PlanError):  # noqa: N818  (what stands in the way)
    """Somebody else has changed the draft meanwhile; `now` is what it says."""

    def __init__(self, now: Content) -> None:
        super().__init__(_("Somebody else has changed the plan since you opened the page."))
        self.now = now


class Invalid(PlanError):  # noqa: N818  (a state of what was typed, named as one)
    """Something cannot be kept; `errors` says what, by the name of the field.

    Names are as `title`, `goal-0-text`, `item-2-course`, `item-2-rule-0-due_on`.
    """

    def __init__(self, **errors: str) -> None:
        super().__init__(_("Something must be put right before this can be saved."))
        self.errors = errors


class NotPossible(PlanError):  # noqa: N818  (what the step is)
    """The plan is not where this can be done, or the person is not the one to do it."""
