"""When help can be had."""

import uuid

from django.db import models
from django.db.models import Q

from samtun.directory.enums import Frequency
from samtun.directory.models.location import Location, ServiceAtLocation
from samtun.directory.models.service import Service
from samtun.organisations.models import Translatable


class Schedule(Translatable):
    """HSDS 3.1 `schedule`: RFC 5545 recurrence parts plus opening times, in Norwegian time.

    `byday` is e.g. "MO,TU" or, monthly, "1TH" (first Thursday). A schedule whose `closes_at` is
    not after its `opens_at` runs past midnight; 00:00 to 00:00 is the whole day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    location = models.ForeignKey(
        Location, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, blank=True, related_name="schedules"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    wkst = models.CharField(max_length=2, blank=True)
    freq = models.CharField(max_length=10, choices=Frequency.choices, blank=True)
    interval = models.PositiveSmallIntegerField(null=True, blank=True)
    byday = models.CharField(max_length=100, blank=True)
    byweekno = models.CharField(max_length=200, blank=True)
    bymonthday = models.CharField(max_length=200, blank=True)
    byyearday = models.CharField(max_length=400, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    description = models.TextField(blank=True)
    schedule_link = models.URLField(max_length=2000, blank=True)
    attending_type = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=False)
                | Q(location__isnull=False)
                | Q(service_at_location__isnull=False),
                name="schedule_of_something",
            ),
            models.CheckConstraint(
                condition=Q(freq__in=["", *Frequency.values]), name="schedule_freq"
            ),
        ]
