"""Web addresses in the map, and whether they still lead somewhere."""

from django.db import models
from django.db.models import Q

from samtun.directory.enums import LinkProblem, LinkState
from samtun.directory.models.service import Service


class LinkHost(models.Model):
    """A web server that addresses lead to, and what it has asked of us.

    One worker at a time looks at a host; it claims it by setting `rest_until` ahead.
    """

    name = models.CharField(max_length=300, primary_key=True)  # as in the address, with its port
    rest_until = models.DateTimeField(null=True)  # claimed, or asked for peace until then
    robots = models.TextField(blank=True)  # its robots.txt; empty: none, all is allowed
    robots_read_at = models.DateTimeField(null=True)


class Link(models.Model):
    """One web address, however many entries name it."""

    url = models.URLField(max_length=2000, unique=True)
    host = models.ForeignKey(LinkHost, on_delete=models.PROTECT, null=True, related_name="links")
    state = models.CharField(max_length=10, choices=LinkState.choices, default=LinkState.UNKNOWN)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP, at the last look
    problem = models.CharField(max_length=10, choices=LinkProblem.choices, blank=True)
    # "It works for me": somebody has looked, and hears no more until the state is another.
    settled_state = models.CharField(max_length=10, choices=LinkState.choices, blank=True)
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
