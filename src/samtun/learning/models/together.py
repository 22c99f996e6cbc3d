"""Learning together: a group session, who was there, and what the unit took with it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samtun.events.models import Event
from samtun.learning.enums import CheckState, Joined, SessionState
from samtun.learning.models.content import Course, Module
from samtun.learning.models.learner import Evidence, Learner
from samtun.learning.models.plan import Plan
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization, Place


class GroupSession(models.Model):
    """A module that a group goes through together, led from one screen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(
        Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="sessions")
    # What is shown, from the moment it begins: a version never changes under a group.
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    version_number = models.PositiveIntegerField(null=True, blank=True)
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="group_sessions")
    plan = models.ForeignKey(
        Plan, on_delete=models.SET_NULL, null=True, blank=True, related_name="group_sessions"
    )
    item_key = models.UUIDField(null=True, blank=True)
    event = models.ForeignKey(  # where one signs up, when it is an event
        Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="group_sessions"
    )
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    state = models.CharField(
        max_length=8, choices=SessionState.choices, default=SessionState.PLANNED
    )
    code = models.CharField(max_length=8)  # on the screen; counts only while it is open
    # [{"id", "kind": "lesson"|"discussion"|"pause"|"own", "title", "minutes", "lesson", "block"}]
    agenda = models.JSONField(default=list)
    step = models.PositiveSmallIntegerField(default=0)  # where in the agenda they are
    stepped_at = models.DateTimeField(null=True, blank=True)  # what the timer counts from
    notes = models.JSONField(default=dict, blank=True)  # {step id: what the group concluded}
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state=SessionState.OPEN),
                name="session_code_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SessionState.values), name="session_state"
            ),
        ]

    @property
    def place(self) -> Place:
        """Where the unit belongs; load it along."""
        return self.unit.place

    @property
    def places(self) -> tuple[Place, ...]:
        """The unit's, and that of the resource centre whose plan it is a part of; load both."""
        if self.plan is None or self.plan.adviser_id is None:
            return (self.place,)
        return (self.place, Place(self.plan.adviser_id))

    @property
    def person_id(self) -> object:
        """Who leads it: the one who sees who was there, whatever their role."""
        return self.leader_id


class Participant(models.Model):
    """Somebody at a group session; without `learner`, a first name to be matched later."""

    names_a_person = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="participants")
    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, null=True, blank=True, related_name="participations"
    )
    name = models.CharField(max_length=120)
    joined = models.CharField(max_length=8, choices=Joined.choices)
    joined_at = models.DateTimeField(default=timezone.now)
    # By whoever has no account and wants it on their record; emptied when it is.
    email = models.EmailField(max_length=254, blank=True)
    # Somebody who says afterwards, signed in, that they are this one; the leader says yes or no.
    claimed_by = models.ForeignKey(
        Learner, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "learner"],
                condition=Q(learner__isnull=False),
                name="participant_once",
            )
        ]


class CheckMark(models.Model):
    """Where a unit stands with one point of a checklist block; it stays with the unit."""

    unit = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="check_marks")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="+")
    block = models.CharField(max_length=36)
    point = models.CharField(max_length=36)  # the point's id in the block
    state = models.CharField(max_length=8, choices=CheckState.choices, default=CheckState.NOT_YET)
    note = models.CharField(max_length=300, blank=True)
    session = models.ForeignKey(
        GroupSession, on_delete=models.SET_NULL, null=True, related_name="check_marks"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "module", "block", "point"], name="check_mark_once"
            )
        ]


class FollowUp(models.Model):
    """What a unit decided to do after a session, and whether it was done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="follow_ups")
    session = models.ForeignKey(
        GroupSession, on_delete=models.SET_NULL, null=True, related_name="follow_ups"
    )
    text = models.CharField(max_length=300)
    who = models.CharField(max_length=120, blank=True)  # a role, best
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    @property
    def place(self) -> Place:
        """Where the unit belongs; load it along."""
        return self.unit.place
