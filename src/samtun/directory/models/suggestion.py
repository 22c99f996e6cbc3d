"""What visitors and keepers tell us about the map."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samtun.directory.enums import SuggestionKind, SuggestionState
from samtun.directory.models.service import Service
from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality, Place, Region


class Suggestion(models.Model):
    """An error somebody saw, an offer they miss, or a keeper's change that waits for an editor.

    The address is there only if they left one, and is deleted 30 days after the answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=SuggestionKind.choices)
    state = models.CharField(
        max_length=16, choices=SuggestionState.choices, default=SuggestionState.WAITING
    )
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="suggestions")
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, related_name="suggestions"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(blank=True)  # in their own words
    document = models.JSONField(null=True)  # the changed entry, as the edit form writes it
    based_on = models.PositiveIntegerField(default=0)  # the version `document` started from
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reply = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SuggestionState.WAITING, answered_at__isnull=True)
                | (~Q(state=SuggestionState.WAITING) & Q(answered_at__isnull=False)),
                name="suggestion_answer_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(kind=SuggestionKind.MISSING) | Q(service__isnull=False),
                name="suggestion_is_about_a_service",
            ),
        ]
        indexes = [models.Index(fields=["state", "made_at"], name="suggestion_waiting")]

    @property
    def place(self) -> Place:
        """Where its service belongs; a missing offer belongs to the region."""
        if self.service is None:
            return Place(region=self.region_id, municipality=self.municipality_id or "")
        return self.service.place


class SendingDay(models.Model):
    """A day's own salt. Deleted with its counts the next day, after which nobody can tell whose
    they were."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)


class SenderCount(models.Model):
    """How often somebody wrote to us today: a salted digest of a network, never the address."""

    day = models.ForeignKey(SendingDay, on_delete=models.CASCADE, related_name="counts")
    digest = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "digest"], name="sender_once_a_day")]
