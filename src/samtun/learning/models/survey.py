"""Mapping of needs: questions to chosen groups, answered by nobody in particular."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from samtun.learning.codes import new_code
from samtun.learning.enums import SurveyPhase
from samtun.learning.models.plan import Plan
from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality, Organization, Place

SHOWN_FROM = 5  # answers; fewer are never shown


class Survey(models.Model):
    """A short mapping for a plan; one that is `after` asks the questions of its `before`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="surveys")
    phase = models.CharField(max_length=8, choices=SurveyPhase.choices, default=SurveyPhase.BEFORE)
    before = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="afters"
    )
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    introduction = models.TextField(blank=True)
    # [{"key", "kind": SurveyKind, "text": {language: text}, "options": [{"key", "text": {…}}]}]
    questions = models.JSONField(default=list)
    opens_on = models.DateField()
    closes_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="survey_opens_before_it_closes"
            )
        ]

    @property
    def place(self) -> Place:
        """Where its plan belongs; load it along."""
        return self.plan.place

    @property
    def places(self) -> tuple[Place, ...]:
        """All whose plan it is."""
        return self.plan.places


class SurveyGroup(models.Model):
    """Those who are asked together, e.g. the employees of a unit; they share one link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=120)  # what the group is called
    unit = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked = models.PositiveIntegerField(null=True, blank=True)  # how many, for the share
    code = models.CharField(max_length=32, unique=True, default=new_code)  # in the link


class SurveyResponse(models.Model):
    """One set of answers: no name, no moment, no address; `id` is random, so there is no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(SurveyGroup, on_delete=models.CASCADE, related_name="responses")
    answers = models.JSONField()  # {question key: 1–5 | option key | [option keys] | text}
