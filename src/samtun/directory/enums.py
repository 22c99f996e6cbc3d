"""Closed sets of words in `directory`, with HSDS 3.1's own values where it has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceStatus(models.TextChoices):
    """HSDS 3.1 `service.status`."""

    ACTIVE = "active", _("Open")
    INACTIVE = "inactive", _("Not open now")
    DEFUNCT = "defunct", _("No longer offered")
    TEMPORARILY_CLOSED = "temporarily closed", _("Closed for a while")


PUBLIC_STATUSES = (ServiceStatus.ACTIVE, ServiceStatus.TEMPORARILY_CLOSED)


class Meeting(models.TextChoices):
    """How one meets the help."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    ONLINE = "online", _("Online")


class Frequency(models.TextChoices):
    """RFC 5545 FREQ values that HSDS 3.1 allows in a schedule."""

    WEEKLY = "WEEKLY", _("Weekly")
    MONTHLY = "MONTHLY", _("Monthly")


class Taxonomies(models.TextChoices):
    """Taxonomies that come with Samtun, by the code their identifiers are derived from."""

    NEEDS = "needs", _("Needs")
    TARGET_GROUPS = "target-groups", _("Target groups and life situations")
    LOS = "los", _("LOS subjects")


class AskingStage(models.TextChoices):
    """How far we have come in asking whether an entry is still right."""

    ASKED = "asked", _("Asked")
    REMINDED = "reminded", _("Reminded")
    ESCALATED = "escalated", _("The organisation is asked")
    DESK = "desk", _("Nobody answers")


class Answer(models.TextChoices):
    """What a keeper can say about an entry."""

    STILL_RIGHT = "still_right", _("Still right")
    CHANGED = "changed", _("Changed")
    NO_LONGER = "no_longer", _("No longer offered")


class VersionReason(models.TextChoices):
    """Why there is a version of an entry."""

    BEFORE = "before", _("As it was before the first change here")
    EDITED = "edited", _("Changed")
    KEEPER = "keeper", _("Changed by its keeper")
    SUGGESTION = "suggestion", _("After a suggestion")
    BULK = "bulk", _("Changed together with others")
    RESTORED = "restored", _("Brought back")
    DATE = "date", _("Published or ended on its date")


class SuggestionKind(models.TextChoices):
    """What somebody tells us."""

    ERROR = "error", _("Something is wrong")
    MISSING = "missing", _("An offer is missing")
    CHANGE = "change", _("A keeper's change")


class SuggestionState(models.TextChoices):
    """What became of a suggestion."""

    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    ACCEPTED_CHANGED = "accepted_changed", _("Accepted with changes")
    DECLINED = "declined", _("Declined")


class LinkState(models.TextChoices):
    """What we know of a web address."""

    UNKNOWN = "unknown", _("Not looked at yet")
    OK = "ok", _("Works")
    MOVED = "moved", _("Moved")
    GONE = "gone", _("Gone")
    DOWN = "down", _("Does not answer just now")
    REFUSING = "refusing", _("Does not let robots in")
    FORBIDDEN = "forbidden", _("Cannot be looked at")


class LinkProblem(models.TextChoices):
    """Why an address does not just work; empty when it does."""

    NOT_FOUND = "not_found", _("The page is not there")
    NO_HOST = "no_host", _("The web site does not exist")
    NO_ANSWER = "no_answer", _("The web site does not answer")
    SERVER = "server", _("The web site has an error")
    CERTIFICATE = "tls", _("Its certificate is not valid, so browsers warn against it")
    REDIRECTS = "redirects", _("It only sends us on, again and again")
    ROBOTS = "robots", _("The web site asks robots to stay away")
    LOGIN = "login", _("It lets only some people in")
    ADDRESS = "address", _("It is not an address on the open web")
