"""Web addresses in the map, and whether they still lead somewhere."""

from django.db import models
from django.db.models import Q

from samtun.directory.enums import LinkState
from samtun.directory.models.service import Service


class Link(models.Model):
    """One web address, however many entries name it."""

    url = models.URLField(max_length=2000, unique=True)
    state = models.CharField(max_length=10, choices=LinkState.choices, default=LinkState.UNKNOWN)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP, at the last look
    moved_to = models.URLField(max_length=2000, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # looks in a row that failed
    failing_since = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(null=True)  # null: at once
    services = models.ManyToManyField(Service, related_name="links")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state")
        ]
        indexes = [models.Index(fields=["look_again_at"], name="link_look_again")]
