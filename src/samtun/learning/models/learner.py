"""Who learns, where they work, and what they have done."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from samtun.learning.enums import EmployeeSource, EvidenceKind, Learnt, Profession
from samtun.learning.models.content import Course, Module
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization, Place


class Learner(models.Model):
    """A person who learns, with or without an account; what they have done follows them.

    Found by e-mail address: an account is tied to it when the address is confirmed, and to a job
    when its owner has said yes to it (`actions.own_jobs`).
    """

    names_a_person = True  # so the trail leaves out the name

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="learner"
    )
    name = models.CharField(max_length=120)  # as it stands on certificates
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    made_at = models.DateTimeField(default=timezone.now)
    calendar_number = models.PositiveIntegerField(default=0)  # of the calendar's address; renewed

    class Meta:
        constraints = [
            # Whom an account may be: an address of one who has an account can be a question, too.
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email="") & Q(user=None), name="learner_email_once"
            )
        ]
        indexes = [
            models.Index(Lower("email"), condition=~Q(email=""), name="learner_of_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def work_email(self) -> str:
        """The address as employers may see it: that of an account is the person's own."""
        return "" if self.user_id else self.email


class Employment(models.Model):
    """Somebody's job in a unit; one person may have several. Ended, never deleted, when they leave.

    `employer` is the organisation that keeps the list (`external_id` is unique in it), `unit` where
    the person works: the employer or something under it.
    """

    names_a_person = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="employments")
    employer = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="employments")
    profession = models.CharField(
        max_length=24, choices=Profession.choices, default=Profession.OTHER
    )
    position = models.CharField(max_length=120, blank=True)  # in the employer's own words
    is_leader = models.BooleanField(default=False)  # of the unit
    external_id = models.CharField(max_length=120, blank=True)  # employee number
    directory_id = models.CharField(max_length=254, blank=True)  # SCIM externalId
    user_name = models.CharField(max_length=254, blank=True)  # SCIM userName
    source = models.CharField(
        max_length=10, choices=EmployeeSource.choices, default=EmployeeSource.HAND
    )
    joined_on = models.DateField()
    unit_since = models.DateField()  # joined, or moved here
    left_on = models.DateField(null=True, blank=True)  # the last day
    # Given by the employer; whoever has it has said that this job is not theirs.
    denied_email = models.EmailField(max_length=254, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "external_id"],
                condition=~Q(external_id=""),
                name="employment_external_id_once",
            ),
            models.UniqueConstraint(
                fields=["employer", "learner"],
                condition=Q(left_on__isnull=True, external_id=""),
                name="employment_once_without_number",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="employment_leaves_after_joining",
            ),
        ]
        indexes = [models.Index(fields=["unit", "left_on"], name="employment_of_unit")]

    @property
    def place(self) -> Place:
        """Where the unit belongs; load it along."""
        return self.unit.place


class Evidence(models.Model):
    """Something that somebody has done. Written once and never taken back: triggers hold it.

    It says in itself what it was, so that it stays true when the course is changed or gone. Only
    the references may be emptied.
    """

    names_a_person = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    course = models.ForeignKey(Course, on_delete=models.SET_NULL, null=True, related_name="+")
    module = models.ForeignKey(Module, on_delete=models.SET_NULL, null=True, related_name="+")
    # An activity: which item of which plan (`Item.key` is the same in all versions).
    item_key = models.UUIDField(null=True, blank=True)
    edition = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    minutes = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField()
    learnt = models.CharField(max_length=10, choices=Learnt.choices)
    reason = models.CharField(max_length=300, blank=True)  # of what was learnt elsewhere
    # What a certificate prints: {"contents": [{"title", "version", "minutes"}], "publisher"}.
    facts = models.JSONField(default=dict)
    key = models.CharField(max_length=200, unique=True)  # the same thing is written once
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["learner", "course"], name="evidence_of_course"),
            models.Index(fields=["learner", "module"], name="evidence_of_module"),
            models.Index(fields=["learner", "item_key"], name="evidence_of_item"),
        ]


class Certificate(models.Model):
    """A paper that anyone can check by its code; it stands by itself, whatever happens later.

    `facts` is all that it shows: name, title, contents, minutes, done_on, version, publisher.
    """

    names_a_person = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=32, unique=True)  # on paper and in the address; 100 bits
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="certificates")
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, related_name="certificates"
    )
    # A plan's certificate: which plan, kept as a mark and not a reference.
    plan_key = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=8, choices=Language.choices)
    facts = models.JSONField()
    key = models.CharField(max_length=200, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)


class Progress(models.Model):
    """Where a learner is in a course: the exact place to go on from."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="progress")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="progress")
    module = models.ForeignKey(Module, on_delete=models.SET_NULL, null=True, related_name="+")
    lesson = models.CharField(max_length=36, blank=True)  # the lesson's id in the content
    block = models.CharField(max_length=36, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)  # on the learner's device

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learner", "course"], name="progress_once")]


class LessonDone(models.Model):
    """A lesson that a learner has been through, in the version they read."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="lessons")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="+")
    lesson = models.CharField(max_length=36)
    edition = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, choices=Language.choices)
    number = models.PositiveIntegerField()  # of the version
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "module", "lesson", "edition"], name="lesson_done_once"
            )
        ]


class Answer(models.Model):
    """What a learner answered or wrote; nobody but the learner ever reads it.

    `id` is made on the device, so that an answer sent again is the same one. What was written in
    own words is sealed.
    """

    id = models.UUIDField(primary_key=True)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="answers")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="+")
    block = models.CharField(max_length=36)
    language = models.CharField(max_length=8, choices=Language.choices)
    number = models.PositiveIntegerField()  # of the version
    sealed = models.TextField()  # people.sealing of the JSON value
    answered_at = models.DateTimeField()  # by the device's clock, never in the future
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["learner", "module", "block"], name="answer_of_block"),
        ]


class DirectoryToken(models.Model):
    """What a municipality shows to hand over its employees (SCIM 2.0); kept as a digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="directory_tokens"
    )
    label = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    last_used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    @property
    def place(self) -> Place:
        """Where the employer belongs; load it along."""
        return self.employer.place


class EmployeeUpload(models.Model):
    """A list of employees that somebody looks through before it counts; deleted after a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    rows = models.JSONField()
    is_complete = models.BooleanField(default=True)  # who is not on it has left
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    @property
    def place(self) -> Place:
        """Where the employer belongs; load it along."""
        return self.employer.place
