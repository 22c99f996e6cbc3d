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
