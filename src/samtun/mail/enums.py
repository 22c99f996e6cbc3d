"""Closed sets of words in `mail`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """Where a letter is on its way."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("On its way")  # claimed by a worker; it may have been handed over
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNCERTAIN = "uncertain", _("Uncertain")  # handed over, and nobody wrote down the answer
    REFUSED = "refused", _("Stopped")  # never tried: letters to the address have come back
    SHOWN = "shown", _("Shown")  # in the demo, where nothing is sent
    WITHDRAWN = "withdrawn", _("Withdrawn")  # no longer true before it was sent


class Reason(models.TextChoices):
    """Why a letter is not sent (yet). Never what the server wrote: it may quote the address."""

    NONE = "", ""
    NO_CONNECTION = "no_connection", _("The mail server could not be reached.")
    LATER = "later", _("The mail server asked us to try later.")
    SERVER = "server", _("The mail server refused the letter.")
    RECIPIENT = "recipient", _("The mail server says that the address does not exist.")
    BOUNCED = "bounced", _("Letters to the address have come back before.")
    ADDRESS = "address", _("The address is not a valid e-mail address.")
    MESSAGE = "message", _("The letter could not be put together.")
    INTERRUPTED = "interrupted", _("The connection broke while the letter was handed over.")
    TOO_OLD = "too_old", _("The letter waited too long; what it said has been deleted.")
