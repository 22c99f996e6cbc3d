"""Every version of a service, and what somebody is in the middle of writing."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samtun.directory.enums import VersionReason
from samtun.directory.models.service import Service


class ServiceVersion(models.Model):
    """The service as it was after one change; `document` is what the edit form reads and writes."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()  # 1 is the first
    at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(  # null: a keeper without an account, or the system
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=12, choices=VersionReason.choices)
    document = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_one"),
        ]


class ServiceDraft(models.Model):
    """What one person has typed and not saved; one for each service, one for each new offer.

    `based_on` is the number of the version it started from, so that a change by somebody else in
    between is seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, related_name="drafts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="service_drafts"
    )
    based_on = models.PositiveIntegerField(default=0)
    fields = models.JSONField()  # the form's fields as they were typed
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("service"), F("person"), condition=Q(service__isnull=False), name="draft_once"
            )
        ]
