"""What can stand in the way of a sign-up, said so that people can do something about it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class SignUpError(Exception):
    """Nothing was changed; `str()` is fit for the person who tried."""


class NoSignUp(SignUpError):  # noqa: N818  (these are states of things, named as such)
    """There is nothing to sign up for: people just come."""

    def __init__(self) -> None:
        super().__init__(_("You do not have to sign up. Just come!"))


class Closed(SignUpError):  # noqa: N818
    """The time to sign up is over, or the organiser has closed."""

    def __init__(self) -> None:
        super().__init__(
            _("Sign-up is closed. Get in touch with the organiser if you want to come.")
        )


class NotOpenYet(SignUpError):  # noqa: N818
    """Sign-up opens on a later day; `opens_on` is None while the event is a draft."""

    def __init__(self, opens_on: date | None = None) -> None:
        text = _("Sign-up has not opened yet.")
        if opens_on:
            day = date_format(opens_on, "DATE_FORMAT")
            text = _("Sign-up opens on %(day)s.") % {"day": day}
        super().__init__(text)
        self.opens_on = opens_on


class Cancelled(SignUpError):  # noqa: N818
    """The date, or the whole event, is cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This is cancelled."))


class Full(SignUpError):  # noqa: N818
    """Too few seats are free, and there is no waiting list to stand on; `free` says how many."""

    def __init__(self, free: int = 0) -> None:
        text = _("It is full.")
        if free:
            text = _few(free)
        super().__init__(text)
        self.free = free


class TooLarge(SignUpError):  # noqa: N818
    """More people than one sign-up, or all the seats, can hold; `most` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext(
                "You can sign up at most %(most)d person here.",
                "You can sign up at most %(most)d people here.",
                most,
            )
            % {"most": most}
        )
        self.most = most


class NoRoomForMore(SignUpError):  # noqa: N818
    """A party wants to be bigger than the free seats allow; it keeps the seats it has."""

    def __init__(self, free: int) -> None:
        kept = _("You keep the seats you have.")
        text = _few(free) if free else _("There are no more free seats.")
        super().__init__(f"{text} {kept}")
        self.free = free


class GuardianMissing(SignUpError):  # noqa: N818
    """A child signs up by itself, and nobody can be asked."""

    def __init__(self) -> None:
        super().__init__(_("Tell us how we can reach a grown-up who takes care of you."))


class ConsentMissing(SignUpError):  # noqa: N818
    """A grown-up has not answered yet."""

    def __init__(self) -> None:
        super().__init__(_("A grown-up has to say yes first."))


class NotOnTheList(SignUpError):  # noqa: N818
    """The party has cancelled, or has not answered an offer."""

    def __init__(self) -> None:
        super().__init__(_("This sign-up does not hold any more. You can sign up again."))


class OfferOver(SignUpError):  # noqa: N818
    """Seats that are not, or no longer, held for the party."""

    def __init__(self) -> None:
        super().__init__(_("The seats are not held for you any more. You can sign up again."))


class ChangedMeanwhile(SignUpError):  # noqa: N818
    """Somebody else moved the party in the same moment."""

    def __init__(self) -> None:
        super().__init__(_("This was changed a moment ago. Have another look, and try again."))


class SeatsAreTaken(SignUpError):  # noqa: N818
    """There cannot be fewer seats than are taken; `taken` says how many are."""

    def __init__(self, taken: int) -> None:
        super().__init__(
            ngettext(
                "%(taken)d seat is taken or offered. There cannot be fewer seats than that.",
                "%(taken)d seats are taken or offered. There cannot be fewer seats than that.",
                taken,
            )
            % {"taken": taken}
        )
        self.taken = taken


def _few(free: int) -> str:
    return ngettext(
        "There is only %(free)d free seat.", "There are only %(free)d free seats.", free
    ) % {"free": free}
