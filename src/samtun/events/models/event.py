"""What happens: the event, its dates, and what one signs up for."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samtun.directory.models import Location, Service, TaxonomyTerm
from samtun.events.enums import EventKind, EventStatus, Occasion, OccurrenceStatus, SignUp
from samtun.organisations.enums import Language
from samtun.organisations.models import Municipality, Organization, Place, Translatable

# The law's ages and where they stand: docs/adr/0019.
CONSENT_AGE = 16
LARGEST_CAPACITY = 5_000
LONGEST_MINUTES = 3 * 24 * 60


class Event(Translatable):
    """Something that people come to: once, again and again, or as a course.

    Its dates are `Occurrence` rows, also those of a rule, so that each can be moved or cancelled.
    Texts are in `language`, others in `translations`: name, summary, description, for_whom,
    programme, led_by, getting_there, price, children.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="events")
    co_organizers = models.ManyToManyField(Organization, blank=True, related_name="joint_events")
    service = models.ForeignKey(  # the offer that it is a part of: HSDS shows its dates there
        Service, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    kind = models.CharField(max_length=10, choices=EventKind.choices, default=EventKind.ONE_OFF)
    occasion = models.CharField(
        max_length=20, choices=Occasion.choices, default=Occasion.MEETING_PLACE
    )
    status = models.CharField(max_length=10, choices=EventStatus.choices, default=EventStatus.DRAFT)
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    for_whom = models.TextField(blank=True)
    programme = models.TextField(blank=True)  # what happens there
    led_by = models.TextField(blank=True)
    getting_there = models.TextField(blank=True)
    price = models.TextField(blank=True)  # in words; empty and `is_free` None: unknown
    children = models.TextField(blank=True)  # whether a child may come along
    is_free = models.BooleanField(null=True, blank=True)
    children_welcome = models.BooleanField(null=True, blank=True)
    # Whom it is for, as a visitor filters.
    terms = models.ManyToManyField(TaxonomyTerm, blank=True, related_name="events")
    municipalities = models.ManyToManyField(Municipality, blank=True, related_name="events")
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    is_for_children = models.BooleanField(default=False)  # its words speak to the child
    consent_age = models.PositiveSmallIntegerField(
        default=CONSENT_AGE, validators=[MinValueValidator(13), MaxValueValidator(18)]
    )
    # Where; a date may have its own.
    meets_in_person = models.BooleanField(default=True)
    meets_online = models.BooleanField(default=False)
    location = models.ForeignKey(
        Location, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    room = models.CharField(max_length=120, blank=True)
    join_url = models.URLField(max_length=2000, blank=True)  # only for those who have seats
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(max_length=254, blank=True)
    # When: Norwegian wall time, so that six o'clock stays six o'clock in summer. The rule is
    # RFC 5545's, without DTSTART; empty when the dates were chosen one by one.
    starts_at = models.DateTimeField(null=True, blank=True)  # the first date
    minutes = models.PositiveSmallIntegerField(
        default=120, validators=[MinValueValidator(5), MaxValueValidator(LONGEST_MINUTES)]
    )
    rrule = models.CharField(max_length=300, blank=True)
    # Coming.
    sign_up = models.CharField(max_length=10, choices=SignUp.choices, default=SignUp.NONE)
    capacity = models.PositiveSmallIntegerField(  # of each date or course; null: no limit
        null=True, blank=True, validators=[MaxValueValidator(LARGEST_CAPACITY)]
    )
    maximum_party = models.PositiveSmallIntegerField(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    has_waiting_list = models.BooleanField(default=True)
    answer_hours = models.PositiveSmallIntegerField(  # how long an offer is held
        default=24, validators=[MinValueValidator(1), MaxValueValidator(14 * 24)]
    )
    closes_hours_before = models.PositiveSmallIntegerField(default=0)
    opens_on = models.DateField(null=True, blank=True)
    # Each a mapping: kind (QuestionKind), label and why (texts by language), is_required.
    questions = models.JSONField(default=list, blank=True)
    asks_municipality = models.BooleanField(default=True)
    remind_hours_before = models.PositiveSmallIntegerField(default=48)  # 0: never
    evaluates = models.BooleanField(default=True)
    # A stated reason to keep what was collected longer than 30 days.
    keep_until = models.DateField(null=True, blank=True)
    keep_reason = models.CharField(max_length=300, blank=True)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545, of the series as a whole
    is_example = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    last_modified = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind"),
            models.CheckConstraint(condition=Q(status__in=EventStatus.values), name="event_status"),
            models.CheckConstraint(condition=Q(sign_up__in=SignUp.values), name="event_sign_up"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="event_language"
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
                name="event_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(keep_until__isnull=True) | ~Q(keep_reason=""),
                name="event_kept_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Place:
        """Where its organisation belongs; load it along."""
        return self.organization.place


class Intake(models.Model):
    """What one signs up for at once: one date of a series, or all sessions of a course.

    The books: `taken` is the seats of parties that hold some (`HOLDING`), kept under a lock on this
    row (`actions.books`), and the database refuses more than `capacity`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="intakes")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)  # null: no limit
    taken = models.PositiveIntegerField(default=0)
    last_turn = models.PositiveIntegerField(default=0)  # the newest number in the line
    is_closed = models.BooleanField(default=False)  # by hand
    # Derived from the occurrences: the first that holds, the end of the last, and when to stop.
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True, db_index=True)
    closes_at = models.DateTimeField(null=True)
    is_tallied = models.BooleanField(default=False)  # counted, and the people forgotten

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="intake_no_seat_twice",
            ),
        ]

    @property
    def free(self) -> int | None:
        """Seats left; None when there is no limit."""
        return None if self.capacity is None else self.capacity - self.taken

    @property
    def place(self) -> Place:
        """Where its event belongs; load it and its organisation along."""
        return self.event.place


class Occurrence(Translatable):
    """One date. `theme` and `notice` (what has changed, why it is cancelled) are its texts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="occurrences")
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    # What the rule says (RFC 5545 RECURRENCE-ID), also after it was moved; null: chosen by hand.
    rule_starts_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(
        max_length=10, choices=OccurrenceStatus.choices, default=OccurrenceStatus.SCHEDULED
    )
    theme = models.CharField(max_length=200, blank=True)
    notice = models.TextField(blank=True)
    # Empty: as the event.
    location = models.ForeignKey(
        Location, on_delete=models.SET_NULL, null=True, blank=True, related_name="occurrences"
    )
    room = models.CharField(max_length=120, blank=True)
    join_url = models.URLField(max_length=2000, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545: one more for each change

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="occurrence_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(status__in=OccurrenceStatus.values), name="occurrence_status"
            ),
            models.UniqueConstraint(
                fields=["event", "rule_starts_at"], name="occurrence_once_by_the_rule"
            ),
        ]
        indexes = [models.Index(fields=["event", "starts_at"], name="occurrence_of_event")]

    @property
    def place(self) -> Place:
        """Where its event belongs; load it and its organisation along."""
        return self.event.place


class CalendarText(models.Model):
    """The VEVENTs of a public event in a language, ready for feeds; derived by `ical.feeds`."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="calendar_texts")
    language = models.CharField(max_length=8, choices=Language.choices)
    text = models.TextField()  # addresses are filled in when it is read; see `ical.lines`
    digest = models.CharField(max_length=32)  # of `text`: what an ETag is made of
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "language"], name="calendar_text_once")
        ]
