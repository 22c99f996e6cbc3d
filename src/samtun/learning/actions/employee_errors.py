"""Why something about an employee cannot be saved."""

from django.utils.translation import gettext_lazy as _

from samtun.learning.errors import LearningError


class EmployeeError(LearningError):
    """The employee could not be saved as given; nothing was changed."""


class NotAUnitError(EmployeeError):
    """The unit is not the employer or anything under it."""

    def __init__(self) -> None:
        super().__init__(_("The unit does not belong to this employer."))


class AlreadyEmployedError(EmployeeError):
    """The employer has somebody with this number, or this person without a number, already."""

    def __init__(self) -> None:
        super().__init__(_("This person, or this employee number, is on the list already."))


class AddressTakenError(EmployeeError):
    """Somebody else has the e-mail address."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has this e-mail address."))


class AddressDeniedError(EmployeeError):
    """Whoever has the e-mail address has said that they are not this employee."""

    def __init__(self) -> None:
        super().__init__(_("Whoever has this e-mail address says that they are somebody else."))


class LeavesBeforeJoiningError(EmployeeError):
    """The last day is before the first."""

    def __init__(self) -> None:
        super().__init__(_("The last day is before the first."))
