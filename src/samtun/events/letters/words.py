"""What letters say to grown-ups: a subject without a word of health, and a plain opening.

The subject names the day and not the event, whose name may tell what somebody struggles with.
"""

from django.utils.translation import gettext, gettext_lazy

from samtun.events.enums import NoticeKind

_UNKNOWN = ""
_SUBJECTS = {
    NoticeKind.CONFIRMED: gettext_lazy("You have a place on %(day)s"),
    NoticeKind.MOVED: gettext_lazy("You have moved to %(day)s"),
    NoticeKind.WAITING: gettext_lazy("You are on the waiting list for %(day)s"),
    NoticeKind.OFFER: gettext_lazy("There is room for you on %(day)s: answer by %(until)s"),
    NoticeKind.LAPSED: gettext_lazy("Your offer for %(day)s has run out"),
    NoticeKind.CANCELLED_OWN: gettext_lazy("You have cancelled %(day)s"),
    NoticeKind.CANCELLED_BY: gettext_lazy("You are no longer on the list for %(day)s"),
    NoticeKind.CHANGED: gettext_lazy("Something has changed: %(day)s"),
    NoticeKind.EVENT_CANCELLED: gettext_lazy("Cancelled: %(day)s"),
    NoticeKind.RESIZED: gettext_lazy("Your sign-up for %(day)s has changed"),
    NoticeKind.CONSENT: gettext_lazy("Will you say yes or no? A child wants to come on %(day)s"),
    NoticeKind.CONSENT_REFUSED: gettext_lazy("You are no longer on the list for %(day)s"),
    NoticeKind.REMINDER: gettext_lazy("See you on %(day)s"),
    NoticeKind.EVALUATION: gettext_lazy("How was it?"),
}
_OPENINGS = {
    NoticeKind.CONFIRMED: gettext_lazy("Thank you for signing up. You have a place."),
    NoticeKind.MOVED: gettext_lazy("You have moved to another date. The place is yours."),
    NoticeKind.WAITING: gettext_lazy(
        "It is full, and you are on the waiting list. "
        "We write to you as soon as there is room. You do not have to do anything."
    ),
    NoticeKind.OFFER: gettext_lazy(
        "Good news: there is room for you. We keep the place until %(until)s. "
        "Say yes or no before then. After that it goes to the next in line."
    ),
    NoticeKind.LAPSED: gettext_lazy(
        "We offered you a place and have not heard from you, so it has gone to the next in "
        "line. You are welcome to sign up again."
    ),
    NoticeKind.CANCELLED_OWN: gettext_lazy(
        "You have cancelled. Thank you for telling us: now somebody else can have the place. "
        "You are welcome another time."
    ),
    NoticeKind.CANCELLED_BY: gettext_lazy(
        "The organiser has taken you off the list. Get in touch if you did not expect that."
    ),
    NoticeKind.CHANGED: gettext_lazy("Something has changed. This is how it is now."),
    NoticeKind.EVENT_CANCELLED: gettext_lazy(
        "We are sorry: it is cancelled. You do not have to do anything."
    ),
    NoticeKind.RESIZED: gettext_lazy("How many of you come has changed. This is how it is now."),
    NoticeKind.REMINDER: gettext_lazy(
        "This is a reminder. We look forward to seeing you. "
        "If you cannot come, please cancel: then somebody else gets the place."
    ),
    NoticeKind.EVALUATION: gettext_lazy(
        "Thank you for coming. Will you tell us how it was? It takes a minute. "
        "Nobody can see who answers."
    ),
}


def subject(kind: NoticeKind, day: str, until: str = _UNKNOWN) -> str:
    """The subject; `day` is empty when there is none, `until` is when an offer runs out."""
    if not day:
        return gettext("About your sign-up")
    return str(_SUBJECTS[kind] % {"day": day, "until": until})


def opening(kind: NoticeKind, until: str = _UNKNOWN) -> str:
    """Why we write."""
    return str(_OPENINGS[kind] % {"until": until})


def greeting(name: str) -> str:
    """To somebody who may not have given a name."""
    return gettext("Hello %(name)s,") % {"name": name} if name else gettext("Hello,")


def closing() -> str:
    """What every letter with a personal link ends with."""
    return gettext("The links are yours alone. Nothing changes before you press a button.")
