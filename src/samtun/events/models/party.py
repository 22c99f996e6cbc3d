"""Who comes, and what they are told."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samtun.events.enums import Channel, Consent, NoticeKind, PartyState
from samtun.events.models.event import Intake, Occurrence
from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality, Place

MOST_ANSWERS = 5


class Party(models.Model):
    """Those who come together on one sign-up; never told about others, never split.

    Deleted with everything about them 30 days after the last date, see `keeping.forgetting`.
    """

    names_a_person = True  # so the trail, which outlives it, leaves out the name

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="parties")
    state = models.CharField(max_length=10, choices=PartyState.choices)
    turn = models.PositiveIntegerField()  # the number in the line, kept for good
    size = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    answers = models.JSONField(default=dict, blank=True)  # {QuestionKind: text}
    municipality = models.ForeignKey(
        Municipality, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_first_time = models.BooleanField(null=True, blank=True)
    # A child who signs up: the grown-up who is asked.
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    consent = models.CharField(max_length=10, choices=Consent.choices, default=Consent.NOT_NEEDED)
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_email = models.EmailField(max_length=254, blank=True)
    guardian_phone = models.CharField(max_length=40, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)  # while offered
    signed_up_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    sequence = models.PositiveIntegerField(default=0)  # of the invitation in their calendar
    by_organiser = models.BooleanField(default=False)  # somebody phoned
    form_key = models.UUIDField(unique=True, null=True, blank=True)  # one form, one sign-up

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PartyState.values), name="party_state"),
            models.CheckConstraint(condition=Q(size__gte=1), name="party_of_somebody"),
            models.CheckConstraint(
                condition=Q(state=PartyState.OFFERED, answer_by__isnull=False)
                | (~Q(state=PartyState.OFFERED) & Q(answer_by__isnull=True)),
                name="party_offered_until",
            ),
            models.UniqueConstraint(fields=["intake", "turn"], name="party_turn_once"),
        ]
        indexes = [
            models.Index(fields=["intake", "state", "turn"], name="party_line"),
            models.Index(
                fields=["answer_by"],
                condition=Q(state=PartyState.OFFERED),
                name="party_offers",
            ),
        ]

    @property
    def place(self) -> Place:
        """Where the event belongs; load intake, event and organisation along."""
        return self.intake.place


class Message(models.Model):
    """Word from the organiser to those who come (and perhaps to those who wait)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="messages")
    subject = models.CharField(max_length=150)
    text = models.TextField()
    to_waiting = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)


class Notice(models.Model):
    """Something that a party is to be told: each matter once, by letter or by phone.

    A row of the transaction it tells about; the worker composes the letters (`letters.composing`).
    `matter` tells apart what a kind can be about twice, e.g. the date and its sequence.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    matter = models.CharField(max_length=100, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.CASCADE, null=True, related_name="notices"
    )
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True)
    details = models.JSONField(default=dict, blank=True)  # e.g. the time before a change
    made_at = models.DateTimeField(default=timezone.now)
    # Told, or withdrawn before it was: then `is_withdrawn`.
    settled_at = models.DateTimeField(null=True)
    is_withdrawn = models.BooleanField(default=False)
    settled_by = models.ForeignKey(  # who called
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "matter"], name="notice_once_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(settled_at__isnull=False),
                name="notice_withdrawn_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=Q(settled_at__isnull=True),
                name="notice_to_settle",
            ),
        ]


class Attendance(models.Model):
    """How many of a party came to a date."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="attendances")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="attendances")
    present = models.PositiveSmallIntegerField(validators=[MaxValueValidator(50)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "occurrence"], name="attendance_once")
        ]


class Headcount(models.Model):
    """Those who came to a date without signing up: a number, nobody's name."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="headcounts")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    people = models.PositiveSmallIntegerField()
    first_time = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "municipality"], name="headcount_once"),
            models.UniqueConstraint(
                fields=["occurrence"],
                condition=Q(municipality__isnull=True),
                name="headcount_of_unknown_once",
            ),
            models.CheckConstraint(
                condition=Q(first_time__lte=F("people")), name="headcount_first_time_among_people"
            ),
        ]


class Tally(models.Model):
    """What stays of the parties of an intake when they are forgotten: numbers.

    One row a municipality (null: not told). `present` is visits, all dates together; `people` and
    `first_time` are of the parties that had seats. Cancelled parties are forgotten before the
    others, so what is true of an intake is always these numbers and its living parties together.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="tallies")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    parties = models.PositiveIntegerField(default=0)  # that had seats in the end
    people = models.PositiveIntegerField(default=0)
    first_time = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)  # parties
    unmet = models.PositiveIntegerField(default=0)  # people who waited in vain or did not answer

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "municipality"], name="tally_once"),
            models.UniqueConstraint(
                fields=["intake"],
                condition=Q(municipality__isnull=True),
                name="tally_of_unknown_once",
            ),
        ]


class Evaluation(models.Model):
    """What somebody who was there thought; nothing tells who, or when they wrote it."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="evaluations")
    usefulness = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    would_come_again = models.BooleanField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(usefulness__range=(1, 5)), name="evaluation_usefulness"
            )
        ]
