"""What can go wrong with people and roles, said so that a user understands it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class PeopleError(Exception):
    """Nothing was changed; `str()` says why, in the reader's language."""


class LastAdministratorError(PeopleError):
    """Nobody would look after `name` from `day` on."""

    def __init__(self, name: str, day: date) -> None:
        self.name, self.day = name, day
        super().__init__(name, day)

    def __str__(self) -> str:
        return _(
            "From %(day)s nobody would look after %(name)s. Give somebody else that role first."
        ) % {"day": date_format(self.day, "j. F Y"), "name": self.name}


class NotYoursToGiveError(PeopleError):
    """Nobody gives more than they have."""

    def __str__(self) -> str:
        return _("You cannot give a role that reaches further than your own.")


class InvitationGoneError(PeopleError):
    """Accepted, withdrawn, out of date, or from somebody who may not give it any more."""

    def __str__(self) -> str:
        return _("The invitation no longer holds. Ask whoever sent it for a new one.")


class WrongAccountError(PeopleError):
    """An invitation is for its own address only."""

    def __str__(self) -> str:
        return _("The invitation was sent to another address than yours.")


class NoCardError(PeopleError):
    """A card needs a region in which it is shown."""

    def __str__(self) -> str:
        return _("This role does not belong to a region, so its card has nowhere to be shown.")
