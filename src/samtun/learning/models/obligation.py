"""What each employee has to do, and why: derived by `actions.obligations`, never by hand."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samtun.learning.enums import DecisionKind, ObligationState
from samtun.learning.models.learner import Employment, Evidence, Learner
from samtun.learning.models.plan import Plan
from samtun.organisations.models import Place


class Obligation(models.Model):
    """That an employee is to do an item of an active plan; `why` says it in facts.

    `cycle` counts the times of a recurring item. `due_on` is a calendar day in Norway; None:
    offered. `why`: {"rule", "unit", "unit_name", "professions", "leaders", "joined_on", "due"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="obligations")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="obligations")
    item_key = models.UUIDField()
    rule_key = models.UUIDField()
    cycle = models.PositiveSmallIntegerField(default=1)
    why = models.JSONField()
    is_required = models.BooleanField()
    opened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=ObligationState.choices, default=ObligationState.OPEN
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, related_name="obligations"
    )
    done_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # of a recurring item, when done
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employment", "plan", "item_key", "cycle"], name="obligation_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ObligationState.values), name="obligation_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=ObligationState.DONE) | Q(evidence__isnull=False),
                name="obligation_done_by_evidence",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(state=ObligationState.OPEN, is_required=True),
                name="obligation_to_do",
            ),
            models.Index(fields=["plan", "item_key", "state"], name="obligation_of_item"),
        ]

    @property
    def place(self) -> Place:
        """Where the employee works; load employment and unit along."""
        return self.employment.place


class Decision(models.Model):
    """An exemption, more time, or earlier learning that counts; each with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employment = models.ForeignKey(Employment, on_delete=models.CASCADE, related_name="decisions")
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    item_key = models.UUIDField()
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    reason = models.CharField(max_length=300)  # about the work, never about health
    until = models.DateField(
        null=True, blank=True
    )  # exempt until; the new due date of an extension
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.EXTENDED) | Q(until__isnull=False),
                name="decision_extends_until",
            ),
            models.UniqueConstraint(
                fields=["employment", "plan", "item_key", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="decision_once",
            ),
        ]

    @property
    def place(self) -> Place:
        """Where the employee works; load employment and unit along."""
        return self.employment.place


class Reminder(models.Model):
    """That a learner was reminded, of all that was due at once, so that it is at most weekly."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="reminders")
    sent_on = models.DateField()
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "sent_on"], name="reminder_once_a_day")
        ]
