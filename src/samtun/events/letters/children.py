"""What letters say to a child of about twelve who signed up by itself, and to its grown-up."""

from django.utils.translation import gettext, gettext_lazy

from samtun.events.enums import Consent, NoticeKind
from samtun.events.models import Party

GROWN_UP = 18
_OPENINGS = {
    NoticeKind.CONFIRMED: gettext_lazy("You have a place! We look forward to meeting you."),
    NoticeKind.MOVED: gettext_lazy("You have a new day. You have a place then."),
    NoticeKind.WAITING: gettext_lazy(
        "It is full right now. You are in the queue. We write if there is room."
    ),
    NoticeKind.OFFER: gettext_lazy(
        "Now there is room for you! Do you want to come? Answer by %(until)s. "
        "If you do not answer, somebody else gets the place."
    ),
    NoticeKind.LAPSED: gettext_lazy(
        "You did not answer in time, so somebody else got the place. That is quite all right. "
        "You can sign up again."
    ),
    NoticeKind.CANCELLED_OWN: gettext_lazy(
        "You have said that you will not come. That is fine. You can come another time."
    ),
    NoticeKind.CANCELLED_BY: gettext_lazy(
        "You are not on the list any more. Do you wonder why? Just ask us."
    ),
    NoticeKind.CHANGED: gettext_lazy("Something is different from what we said. Here is the new:"),
    NoticeKind.EVENT_CANCELLED: gettext_lazy(
        "We are sorry. It is cancelled, so you do not have to come."
    ),
    NoticeKind.RESIZED: gettext_lazy("We have changed how many of you come."),
    NoticeKind.CONSENT_REFUSED: gettext_lazy(
        "Your grown-up has said no to this, so you are not on the list any more. "
        "Talk to the grown-up, or to us, if you want."
    ),
    NoticeKind.REMINDER: gettext_lazy(
        "It is soon! If you cannot come after all, press the button and tell us."
    ),
    NoticeKind.EVALUATION: gettext_lazy(
        "Thank you for coming! What did you think? Nobody can see who answers."
    ),
}


def is_to_a_child(party: Party) -> bool:
    """Whether the party's own address is a child's; a parent who signs up a child is no child."""
    if not party.intake.event.is_for_children:
        return False
    if party.guardian_email or party.guardian_phone:
        return True
    is_young = party.age is not None and party.age < GROWN_UP
    return is_young and party.consent == Consent.NOT_NEEDED


def opening(kind: NoticeKind, until: str) -> str:
    """Why we write, in short sentences."""
    return str(_OPENINGS[kind] % {"until": until})


def to_the_grown_up(party: Party) -> str:
    """What is asked of the grown-up: what it is, and nothing about why the child wants to come."""
    values = {"child": party.name, "who": party.intake.event.organization.name}
    if party.name:
        asked = gettext(
            "%(child)s has signed up for this and has given your name as a grown-up. "
            "%(who)s offers it. Is it all right that %(child)s comes?"
        )
    else:
        asked = gettext(
            "A child has signed up for this and has given your name as a grown-up. "
            "%(who)s offers it. Is it all right that the child comes?"
        )
    return asked % values
