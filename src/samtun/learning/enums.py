"""Closed sets of words in `learning`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """Where somebody works or studies; a block of a lesson may be for some of these only."""

    HEALTH = "health", _("Health and care")
    SCHOOL = "school", _("School")
    KINDERGARTEN = "kindergarten", _("Kindergarten")
    WORKING_LIFE = "working_life", _("Working life")
    STUDENTS = "students", _("Students")


class Theme(models.TextChoices):
    """What a course is about, as the catalogue is sorted."""

    SEEING = "seeing", _("Seeing the carers")
    CHILDREN = "children", _("Children and young people")
    CONVERSATION = "conversation", _("Conversations")
    CONSENT = "consent", _("Consent and confidentiality")
    DEMENTIA = "dementia", _("Dementia")
    MENTAL_HEALTH = "mental_health", _("Mental health and substance use")
    END_OF_LIFE = "end_of_life", _("The end of life, and grief")
    WORK = "work", _("Work and caring")
    TOGETHER = "together", _("Working together")


class Profession(models.TextChoices):
    """What somebody works as; rules of a plan are made of these."""

    NURSE = "nurse", _("Nurse")
    HEALTH_WORKER = "health_worker", _("Health care worker")
    ASSISTANT = "assistant", _("Assistant")
    DOCTOR = "doctor", _("Doctor")
    SOCIAL_EDUCATOR = "social_educator", _("Social educator")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    THERAPIST = "therapist", _("Physiotherapist or occupational therapist")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    SCHOOL_NURSE = "school_nurse", _("School nurse")
    TEACHER = "teacher", _("Teacher")
    KINDERGARTEN_TEACHER = "kindergarten_teacher", _("Kindergarten teacher")
    CHILD_WORKER = "child_worker", _("Child and youth worker")
    LEADER = "leader", _("Leader")
    OFFICE = "office", _("Office and administration")
    OTHER = "other", _("Something else")


class BlockKind(models.TextChoices):
    """What a lesson is made of; the shape of each is in `learning.content`."""

    TEXT = "text", _("Text")
    PICTURE = "picture", _("Picture")
    FILM = "film", _("Film")
    CASE = "case", _("Case story")
    REFLECTION = "reflection", _("Reflection")
    DISCUSSION = "discussion", _("Discussion task")
    QUIZ = "quiz", _("Question")
    CHECKLIST = "checklist", _("Checklist")
    DOWNLOAD = "download", _("Something to download")
    SERVICES = "services", _("This exists where you work")


class QuizKind(models.TextChoices):
    """How a question is answered."""

    ONE = "one", _("One is right")
    MANY = "many", _("Several are right")
    ORDER = "order", _("Put in order")
    MATCH = "match", _("What belongs together")
    SHORT = "short", _("Short text")


class Company(models.TextChoices):
    """Whether one learns alone or with colleagues."""

    ALONE = "alone", _("Alone")
    TOGETHER = "together", _("Together")
    BOTH = "both", _("Alone or together")


class Learnt(models.TextChoices):
    """How somebody came to have learnt it."""

    ALONE = "alone", _("Alone")
    GROUP = "group", _("With colleagues")
    EQUIVALENT = "equivalent", _("Learnt earlier, elsewhere")
    BROUGHT = "brought", _("Brought along by the person")


class EvidenceKind(models.TextChoices):
    """What somebody has done."""

    COURSE = "course", _("Course")
    MODULE = "module", _("Module")
    ACTIVITY = "activity", _("Something else")  # an item of a plan that is no course


class ItemKind(models.TextChoices):
    """What a plan can consist of."""

    COURSE = "course", _("Course")
    MODULE = "module", _("Module")
    EVENT = "event", _("Meeting or professional day")
    ACTIVITY = "activity", _("An activity of one's own")
    READING = "reading", _("Something to read")


class PlanStatus(models.TextChoices):
    """Where a version of a plan is in its life."""

    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")  # by both; from now on nothing in it changes
    ACTIVE = "active", _("Active")
    SUPERSEDED = "superseded", _("Replaced by a newer version")
    EVALUATED = "evaluated", _("Evaluated")


FROZEN = (PlanStatus.AGREED, PlanStatus.ACTIVE, PlanStatus.SUPERSEDED, PlanStatus.EVALUATED)


class Side(models.TextChoices):
    """Who agrees on a plan."""

    OWNER = "owner", _("Municipality or region")
    ADVISER = "adviser", _("Resource centre")


class ObligationState(models.TextChoices):
    """Where an obligation stands; always in exactly one of these."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    EXEMPT = "exempt", _("Exempt")
    ENDED = "ended", _("No longer theirs")


class DecisionKind(models.TextChoices):
    """What is decided about one person and one item of a plan."""

    EXEMPT = "exempt", _("Exempt")
    EXTENDED = "extended", _("More time")
    EQUIVALENT = "equivalent", _("Has learnt it earlier")


class SessionState(models.TextChoices):
    """Where a group session is in its life."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Going on")
    CLOSED = "closed", _("Finished")


class Joined(models.TextChoices):
    """How somebody was registered at a group session."""

    CODE = "code", _("With the code")
    LIST = "list", _("From the list")
    NAME = "name", _("By name only")  # to be matched later


class CheckState(models.TextChoices):
    """Where a unit stands with a point of a checklist."""

    NOT_YET = "not_yet", _("Not yet")
    STARTED = "started", _("Started")
    DONE = "done", _("In place")


class SurveyPhase(models.TextChoices):
    """What a mapping is measured for."""

    BEFORE = "before", _("Before")
    AFTER = "after", _("After")


class SurveyKind(models.TextChoices):
    """How a question of a mapping is answered."""

    SCALE = "scale", _("From 1 to 5")
    ONE = "one", _("One of several")
    MANY = "many", _("Several of several")
    TEXT = "text", _("In your own words")


class EmployeeSource(models.TextChoices):
    """Where we know an employee from."""

    HAND = "hand", _("Entered by hand")
    FILE = "file", _("From a spreadsheet")
    DIRECTORY = "directory", _("From the municipality's directory")
