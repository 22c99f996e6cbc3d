"""Closed sets of words in `events`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """How its dates hang together."""

    ONE_OFF = "one_off", _("Once")
    SERIES = "series", _("Again and again")  # each date is signed up for by itself
    COURSE = "course", _("A course of several sessions")  # one sign-up for all of them


class Occasion(models.TextChoices):
    """What kind of meeting it is, in the words people use."""

    MEETING_PLACE = "meeting_place", _("Meeting place")
    COPING_COURSE = "coping_course", _("Coping course")
    GROUP = "group", _("Conversation group")
    THEME_EVENING = "theme_evening", _("Theme evening")
    PROFESSIONAL_DAY = "professional_day", _("Professional day")
    ACTIVITY = "activity", _("Activity")
    OTHER = "other", _("Something else")


class EventStatus(models.TextChoices):
    """Where an event is in its life."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")  # still shown, and said to be cancelled
    ARCHIVED = "archived", _("Archived")


PUBLIC_STATUSES = (EventStatus.PUBLISHED, EventStatus.CANCELLED)


class OccurrenceStatus(models.TextChoices):
    """Whether a date still holds."""

    SCHEDULED = "scheduled", _("As planned")
    CANCELLED = "cancelled", _("Cancelled")


class SignUp(models.TextChoices):
    """What one must do to come."""

    NONE = "none", _("Just come")
    ANONYMOUS = "anonymous", _("Just come; you may say that you will, without a name")
    REQUIRED = "required", _("Sign up")


class PartyState(models.TextChoices):
    """Where a party stands; always in exactly one of these."""

    CONFIRMED = "confirmed", _("Has seats")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Is offered seats")  # they are held until `answer_by`
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Did not answer the offer")


HOLDING = (PartyState.CONFIRMED, PartyState.OFFERED)  # these take seats
ACTIVE = (*HOLDING, PartyState.WAITING)


class Consent(models.TextChoices):
    """Whether a grown-up has agreed that a child comes."""

    NOT_NEEDED = "not_needed", _("Not needed")
    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Agreed")
    REFUSED = "refused", _("Refused")


class QuestionKind(models.TextChoices):
    """What an organiser may ask of those who sign up, each with a reason."""

    AGES = "ages", _("Ages")
    ALLERGIES = "allergies", _("Allergies")
    INTERPRETER = "interpreter", _("Interpreter")
    ACCESS = "access", _("What makes it easier to take part")
    OTHER = "other", _("Something else")


class NoticeKind(models.TextChoices):
    """What a party is told; each matter once."""

    CONFIRMED = "confirmed", _("You have seats")
    WAITING = "waiting", _("You are on the waiting list")
    OFFER = "offer", _("There is room for you")
    LAPSED = "lapsed", _("The offer has run out")
    CANCELLED_OWN = "cancelled_own", _("You have cancelled")
    CANCELLED_BY = "cancelled_by", _("The organiser has taken you off the list")
    CHANGED = "changed", _("Time or place has changed")
    EVENT_CANCELLED = "event_cancelled", _("It is cancelled")
    MOVED = "moved", _("You have moved to another date")
    RESIZED = "resized", _("How many of you come has changed")
    CONSENT = "consent", _("A grown-up is asked")
    CONSENT_REFUSED = "consent_refused", _("A grown-up has said no")
    REMINDER = "reminder", _("It is soon")
    MESSAGE = "message", _("Word from the organiser")
    EVALUATION = "evaluation", _("How was it?")


class Channel(models.TextChoices):
    """How a party is told."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Somebody calls")
    NONE = "none", _("Cannot be reached")  # anonymous: their own page says it
