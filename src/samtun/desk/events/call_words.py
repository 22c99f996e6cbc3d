"""What to say on the phone: one sentence for each thing that somebody is to be told."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from samtun.desk.events import words
from samtun.events.enums import Consent, NoticeKind, PartyState
from samtun.events.models import Notice
from samtun.events.queries.calls import Call


def sentences(call: Call) -> list[str]:
    """What is to be said in `call`, the oldest first."""
    return [_said(one) for one in call.notices]


def answers(call: Call) -> str:
    """What the call may be answered with: an offer, a consent, or nothing to answer."""
    kinds = {one.kind for one in call.notices}
    if NoticeKind.OFFER in kinds and call.party.state == PartyState.OFFERED:
        return "offer"
    if NoticeKind.CONSENT in kinds and call.party.consent == Consent.ASKED:
        return "consent"
    return ""


def whom(call: Call) -> str:
    """Who answers the phone."""
    if call.is_to_parent:
        parent = call.party.guardian_name or _("A parent")
        return _("%(parent)s, about %(child)s") % {
            "parent": parent,
            "child": words.called(call.party),
        }
    return words.called(call.party)


def _said(notice: Notice) -> str:
    party = notice.party
    text = _SENTENCES.get(notice.kind, _plain)(notice)
    return text % {
        "when": _when(notice),
        "size": party.size,
        "until": words.moment(party.answer_by) if party.answer_by else "",
        "child": words.called(party),
    }


def _when(notice: Notice) -> str:
    if notice.occurrence:
        return words.moment(notice.occurrence.starts_at)
    begins = notice.party.intake.starts_at
    return words.moment(begins) if begins else _("a day that is not set")


def _plain(notice: Notice) -> str:
    return str(notice.get_kind_display()).replace("%", "%%")


def _message(notice: Notice) -> str:
    if notice.message is None:
        return _plain(notice)
    text = f"{notice.message.subject}: {notice.message.text}"
    return text.replace("%", "%%")


def _offer(notice: Notice) -> str:
    """The size is said only when there are several."""
    if notice.party.size > 1:
        return _(
            "There is room for all %(size)d of you on %(when)s. "
            "Do you want it? You must answer by %(until)s."
        )
    return _("There is a place for you on %(when)s. Do you want it? You must answer by %(until)s.")


_SENTENCES: dict[str, Callable[[Notice], str]] = {
    NoticeKind.CONFIRMED: lambda notice: _("You have a place on %(when)s."),
    NoticeKind.WAITING: lambda notice: _("It is full, and you are on the waiting list."),
    NoticeKind.OFFER: _offer,
    NoticeKind.LAPSED: lambda notice: _(
        "The time to answer has run out, and the place has gone to somebody else."
    ),
    NoticeKind.CANCELLED_BY: lambda notice: _("You are taken off the list for %(when)s."),
    NoticeKind.CANCELLED_OWN: lambda notice: _("You have cancelled, and that is fine."),
    NoticeKind.CHANGED: lambda notice: _("Time or place has changed. It is now on %(when)s."),
    NoticeKind.EVENT_CANCELLED: lambda notice: _("It is cancelled on %(when)s."),
    NoticeKind.MOVED: lambda notice: _("You have been moved. You now have a place on %(when)s."),
    NoticeKind.RESIZED: lambda notice: _("We have written down that %(size)d of you come."),
    NoticeKind.CONSENT: lambda notice: _(
        "%(child)s wants to come on %(when)s. Is that all right with you?"
    ),
    NoticeKind.CONSENT_REFUSED: lambda notice: _("A grown-up has said no, so the place is free."),
    NoticeKind.REMINDER: lambda notice: _("It is soon: on %(when)s. We look forward to it."),
    NoticeKind.MESSAGE: _message,
}
