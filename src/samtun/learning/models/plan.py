"""Training plans: what is to be achieved, who learns what, and what was agreed.

A plan has versions. From the moment one side has agreed on a version (`digest` is set), its rows
never change (`actions.plans` refuses, and so do triggers); what is to be different becomes a new
version.
`key` of goals, items and rules is the same from version to version.
"""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samtun.events.models import Event
from samtun.learning.enums import FROZEN, ItemKind, PlanStatus, Side
from samtun.learning.models.content import Course, Module
from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality, Organization, Place, Region


class Plan(models.Model):
    """A municipality's or region's plan through all its versions, or a template for such."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    # The resource centre that composes and follows it; null: the owner does it alone.
    adviser = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="advised_plans"
    )
    is_template = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)  # other municipalities may copy it
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    attribution = models.CharField(max_length=300, blank=True)  # whose work it builds on
    is_example = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_template=True)
                | Q(region__isnull=False, municipality__isnull=True)
                | Q(region__isnull=True, municipality__isnull=False),
                name="plan_of_a_region_or_a_municipality",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        """The owner, and the resource centre; see `places` for a region's municipalities."""
        return Place(self.adviser_id, self.municipality_id or "", self.region_id)

    @property
    def places(self) -> tuple[Place, ...]:
        """The same, and each municipality of the region: their leaders follow it too."""
        if self.region is None:
            return (self.place,)
        numbers = self.region.municipalities.values_list("number", flat=True)
        return (self.place, *(Place(municipality=number) for number in numbers))


class PlanVersion(models.Model):
    """A plan as it is drafted, agreed on, followed and evaluated."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    aim = models.TextField(blank=True)  # what they want to achieve
    starting_point = models.TextField(blank=True)  # the figures and the mapping it starts from
    what_changed = models.TextField(blank=True)  # since the version before
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    evaluation = models.TextField(
        blank=True
    )  # what can and cannot be concluded; written at the end
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was agreed on

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status=PlanStatus.ACTIVE), name="plan_active_once"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status=PlanStatus.DRAFT), name="plan_draft_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=PlanStatus.values), name="plan_version_status"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[PlanStatus.ACTIVE, PlanStatus.EVALUATED])
                | Q(agreed_at__isnull=False),
                name="plan_active_only_when_agreed",
            ),
        ]

    @property
    def is_frozen(self) -> bool:
        """Whether somebody has agreed on it, so that nothing in it may change."""
        return bool(self.digest) or self.status in FROZEN

    @property
    def place(self) -> Place:
        """Where its plan belongs; load it along."""
        return self.plan.place

    @property
    def places(self) -> tuple[Place, ...]:
        """All whose plan it is; load the plan and its region along."""
        return self.plan.places


class Agreement(models.Model):
    """One side's yes to a version, with the digest of what they said yes to."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="agreements")
    side = models.CharField(max_length=10, choices=Side.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    person_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "side"], name="agreement_once_a_side")
        ]


class Goal(models.Model):
    """What a plan wants to have achieved, and how one will see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="goals")
    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    indicator = models.CharField(max_length=300)  # what is counted or asked
    unit_of_measure = models.CharField(max_length=40, blank=True)  # per cent, families …
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True)  # when it is to be measured
    source = models.CharField(max_length=300, blank=True)  # where the figures come from

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="goal_once")]


class Measurement(models.Model):
    """A figure of a goal at a day, also between start and end; outside the agreed rows."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="measurements")
    goal_key = models.UUIDField()
    measured_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "goal_key", "measured_on"], name="measurement_once_a_day"
            )
        ]


class Item(models.Model):
    """Something that people of a plan do. Who: `rules`; without any it is for nobody yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="items")
    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    module = models.ForeignKey(
        Module, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    event = models.ForeignKey(
        Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    url = models.URLField(max_length=2000, blank=True)  # what to read
    is_together = models.BooleanField(default=False)  # with colleagues, at a group session
    is_required = models.BooleanField(default=True)  # else offered: no due date, no reminder
    minutes = models.PositiveSmallIntegerField(default=0)
    # Recurring: valid so long; it can be renewed from so many days before it runs out.
    valid_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    renew_days = models.PositiveSmallIntegerField(default=60)
    # Whether a substantial revision of the course asks for it again, within `renew_days`.
    follows_revisions = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="item_once"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind"),
            models.CheckConstraint(
                condition=~Q(kind=ItemKind.COURSE) | Q(course__isnull=False),
                name="item_names_its_course",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ItemKind.MODULE) | Q(module__isnull=False),
                name="item_names_its_module",
            ),
        ]


class Rule(models.Model):
    """For whom an item is: unit (with all under it) × profession × when they joined, and by when.

    A rule without a unit is for everybody that the plan is for: all units in its municipalities.
    Due: `due_on`, or `due_days` after somebody joined, came under the rule or the plan started,
    whichever is last. Days are calendar days in Norway.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="rules")
    key = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Copied from a plan of others: what the unit was called there. Nobody agrees before one of
    # their own is chosen.
    unit_to_choose = models.CharField(max_length=300, blank=True)
    professions = models.JSONField(default=list, blank=True)  # of Profession; empty: all
    leaders_only = models.BooleanField(default=False)
    joined_from = models.DateField(null=True, blank=True)
    joined_until = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="rule_once"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_days__isnull=True),
                name="rule_due_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(unit_to_choose=""),
                name="rule_unit_chosen_or_not",
            ),
        ]
