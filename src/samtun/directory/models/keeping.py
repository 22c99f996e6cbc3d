"""Keeping a service true: asking whoever knows, and remembering what was answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samtun.directory.enums import Answer, AskingStage
from samtun.directory.models.service import Service
from samtun.organisations.enums import Language


class Enquiry(models.Model):
    """One letter to one keeper about all entries of theirs that are due.

    Its link is the signed identifier: whoever holds the letter may answer for these entries and
    no others, until it expires.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()  # where the letter went
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="enquiries"
    )
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)


class EnquiredService(models.Model):
    """An entry that a letter asks about."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="services")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="enquiries")
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "service"], name="service_once_in_a_letter"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="answer_has_its_moment",
            ),
        ]


class Asking(models.Model):
    """How far we have come in asking about a service that is due; gone when it is answered."""

    service = models.OneToOneField(
        Service, on_delete=models.CASCADE, primary_key=True, related_name="asking"
    )
    stage = models.CharField(max_length=10, choices=AskingStage.choices)
    since = models.DateField()  # when this stage began
    first_asked_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["stage", "since"], name="asking_stage_since")]


class Confirmation(models.Model):
    """Somebody said what is true of a service. Kept as history; an address is never kept here."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirmations")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=12, choices=Answer.choices)
    person = models.ForeignKey(  # null: a keeper without an account
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
