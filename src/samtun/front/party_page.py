"""The personal page of a party in words: where they stand, and what is stored about them."""

from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from samtun.events.enums import ACTIVE, Consent, EventKind, PartyState, SignUp
from samtun.events.models import Party
from samtun.events.queries.party_page import Standing, may_join, standing
from samtun.front.frame import Frame
from samtun.front.hours import written
from samtun.front.meeting import Meetings, frame_for, moment
from samtun.front.offer import Said
from samtun.front.sign_up_forms import questions_of

# What has just been done; the address says which, and never of whom.
SAID = ("endret", "flyttet")


class PartyPage:
    """Reads `party` at `now`; every property is ready to be shown."""

    def __init__(self, party: Party, token: str, now: datetime | None = None) -> None:
        self.party, self.token = party, token
        self.intake, self.event = party.intake, party.intake.event
        self.now = now or timezone.now()
        self.language = get_language() or "nb"
        self.meetings = Meetings(
            self.intake, self.language, lambda date: may_join(party, date, self.now)
        )

    @cached_property
    def stands(self) -> Standing:
        """How things stand with what they have signed up for."""
        return standing(self.intake, self.now)

    @property
    def state(self) -> str:
        """Which of the states of the page this is: the words of the template hang on it."""
        if self.stands == Standing.CANCELLED:
            return "event_cancelled"
        if self.party.state in ACTIVE and self.stands == Standing.OVER:
            return "over"
        if self.party.consent == Consent.REFUSED:
            return "refused"
        if self.party.state == PartyState.OFFERED and self.offer_is_over:
            return "ran_out"
        if self.party.state in ACTIVE and self.party.consent == Consent.ASKED:
            return "asked"
        return str(self.party.state)

    @property
    def offer_is_over(self) -> bool:
        """Nobody has answered in time, also when the round that says so has not come yet."""
        return self.party.answer_by is not None and self.party.answer_by <= self.now

    @property
    def answer_by(self) -> str:
        """Until when the offered seats are held."""
        return moment(self.party.answer_by) if self.party.answer_by else ""

    @property
    def may_change(self) -> bool:
        """Whether there is still something to change, cancel or move."""
        is_past = self.stands in (Standing.OVER, Standing.CANCELLED) or self.state == "ran_out"
        return self.party.state in ACTIVE and not is_past

    @property
    def may_move(self) -> bool:
        """Whether there may be other dates; not once this one has begun."""
        begins = self.intake.starts_at
        is_ahead = begins is not None and begins > self.now
        return self.may_change and is_ahead and self.event.kind == EventKind.SERIES

    @property
    def may_be_kept(self) -> bool:
        """Whether it belongs in their calendar."""
        return self.may_change and self.state == PartyState.CONFIRMED

    @property
    def may_sign_up_again(self) -> bool:
        """Whether the form would take them."""
        return self.stands in (Standing.OPEN, Standing.WAITING)

    @property
    def joins_later(self) -> bool:
        """A digital meeting, whose link is not shown yet."""
        return self.may_be_kept and self.event.meets_online and not self.meetings.joins

    @property
    def is_anonymous(self) -> bool:
        """Nobody knows who they are."""
        return self.event.sign_up == SignUp.ANONYMOUS

    @property
    def has_letters(self) -> bool:
        """Whether they find the way back here in a letter."""
        return bool(self.party.email)

    @property
    def seats(self) -> str:
        """`2 seats`."""
        return ngettext("%(count)d seat", "%(count)d seats", self.party.size) % {
            "count": self.party.size
        }

    @cached_property
    def frame(self) -> Frame | None:
        """The region whose calendar shows the event."""
        return frame_for(self.event, self.language)

    @property
    def event_url(self) -> str:
        """The event's own page."""
        return f"{self.frame.url}kalender/{self.event.slug}/" if self.frame else ""

    @property
    def calendar_url(self) -> str:
        """What else happens."""
        return f"{self.frame.url}kalender/" if self.frame else ""

    @property
    def sign_up_url(self) -> str:
        """The form, once more."""
        return f"{self.event_url}pamelding/{self.intake.pk}/" if self.frame else ""

    @cached_property
    def stored(self) -> list[tuple[str, Said]]:
        """All that is kept about them: what it is, and what it says."""
        party = self.party
        facts = [
            (gettext("Name"), party.name),
            (gettext("E-mail"), party.email),
            (gettext("Phone"), party.phone),
            (gettext("How many of you"), str(party.size)),
            (gettext("Age"), str(party.age) if party.age is not None else ""),
            (gettext("Where you live"), party.municipality.name if party.municipality else ""),
            (gettext("First time"), gettext("Yes") if party.is_first_time else ""),
            (gettext("The grown-up who is asked"), self._guardian),
        ]
        found = [(label, Said(text)) for label, text in facts if text]
        return [*found, *self._answers, (gettext("Signed up"), Said(self._signed_up))]

    @property
    def _guardian(self) -> str:
        party = self.party
        return ", ".join(filter(None, (
            party.guardian_name, party.guardian_email, party.guardian_phone,
        )))  # fmt: skip

    @property
    def _answers(self) -> list[tuple[str, Said]]:
        labels = {kind: label.value for kind, label, *_ in questions_of(self.event, self.language)}
        return [
            (labels.get(kind, kind), Said(text))
            for kind, text in self.party.answers.items()
            if text
        ]

    @property
    def _signed_up(self) -> str:
        return written(timezone.localdate(self.party.signed_up_at))
