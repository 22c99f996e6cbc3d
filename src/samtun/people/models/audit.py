"""The trail of what was changed, and of who looked at personal data."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from samtun.organisations.models import Place


class AuditEvent(models.Model):
    """One thing that somebody did; written once, refused by the database to change.

    Holds identifiers and the names of fields, never what stood in them. `actor` is null for what
    the system or somebody without an account did (`details["by"]` says which). It has no
    constraint, so that deleting an account changes no event.
    """

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        db_index=False,
    )
    action = models.CharField(max_length=60)  # e.g. "service.changed"
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60, blank=True)
    object_name = models.CharField(max_length=300, blank=True)
    # Whose trail it belongs to.
    organization_id = models.UUIDField(null=True)
    region_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["region_id", "-id"], name="audit_region"),
            models.Index(fields=["organization_id", "-id"], name="audit_organization"),
            models.Index(fields=["object_id", "-id"], name="audit_object"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["object_type", "-id"], name="audit_type"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    @property
    def place(self) -> Place:
        """Whose trail it belongs to."""
        return Place(self.organization_id, "", self.region_id)
