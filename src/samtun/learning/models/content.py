"""Courses as they were published. Written by `actions.publishing`, and then never changed.

How they are written and reviewed is the business of `samtun.editorial`; nothing here knows of it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samtun.learning.enums import Company
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization, Place


class Course(models.Model):
    """A course through all its versions and languages; `edition` counts substantial revisions.

    Never deleted: one that is taken away is withdrawn, and what people have done stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    organization = models.ForeignKey(  # who publishes it
        Organization, on_delete=models.PROTECT, related_name="courses"
    )
    language = models.CharField(  # of the original; the others follow it
        max_length=8, choices=Language.choices, default=Language.BOKMAL
    )
    sectors = models.JSONField(default=list)  # of Sector
    themes = models.JSONField(default=list, blank=True)  # of Theme
    company = models.CharField(max_length=10, choices=Company.choices, default=Company.BOTH)
    minutes = models.PositiveSmallIntegerField(default=0)  # of all its modules, derived
    is_open = models.BooleanField(default=True)  # anyone may read it; else whoever has signed in
    edition = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)  # in the catalogue
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug

    @property
    def place(self) -> Place:
        """Where its publisher belongs; load it along."""
        return self.organization.place


class Module(models.Model):
    """A part of one or several courses, done and counted once; `edition` as for a course."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="course_modules"
    )
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.BOKMAL)
    minutes = models.PositiveSmallIntegerField(default=0)  # of its lessons, derived
    edition = models.PositiveSmallIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug

    @property
    def place(self) -> Place:
        """Where its publisher belongs; load it along."""
        return self.organization.place


class Version(models.Model):
    """A published text in one language; only `is_current` ever changes.

    `number` counts what was published in this language, `edition` is the thing's when it was. The
    shape of `content` is in `learning.content`.
    """

    language = models.CharField(max_length=8, choices=Language.choices)
    number = models.PositiveIntegerField()
    edition = models.PositiveSmallIntegerField()
    is_substantial = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    what_changed = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        abstract = True


class CourseVersion(Version):
    """A course as published: `content.CourseContent`, with its modules in order."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "language", "number"], name="course_version_once"
            ),
            models.UniqueConstraint(
                fields=["course", "language"],
                condition=Q(is_current=True),
                name="course_version_current_once",
            ),
        ]


class ModuleVersion(Version):
    """A module as published: `content.ModuleContent`, its lessons with their blocks."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["module", "language", "number"], name="module_version_once"
            ),
            models.UniqueConstraint(
                fields=["module", "language"],
                condition=Q(is_current=True),
                name="module_version_current_once",
            ),
        ]


class CourseModule(models.Model):
    """The modules of a course now, in order; derived from the version in the original language."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="course_modules")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="course_modules")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "module"], name="course_module_once"),
            models.UniqueConstraint(fields=["course", "position"], name="course_module_position"),
        ]
