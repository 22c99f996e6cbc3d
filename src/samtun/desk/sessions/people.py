"""Those who were at a session, as its page lists them."""

from dataclasses import dataclass
from typing import Any

from samtun.learning.actions.participants import held_on
from samtun.learning.models import Employment, GroupSession, Participant
from samtun.learning.queries import sessions as queries

_MOST_NAMES_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class Colleague:
    """An employee on the list to tick."""

    employment: Employment
    participant: Participant | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who came by name, with code or account, and whom they may be."""

    participant: Participant
    suggested: Employment | None

    @property
    def chosen(self) -> str:
        """Whom the choice stands at."""
        if self.participant.learner_id is not None:
            return str(self.participant.learner_id)
        return str(self.suggested.learner_id) if self.suggested else ""


def listed(session: GroupSession, *, with_colleagues: bool) -> dict[str, Any]:
    """What the page shows; three queries."""
    people = queries.participants_of(session)
    colleagues = queries.employees_of(session.unit, held_on(session)) if with_colleagues else []
    known = {one.learner_id: one for one in people if one.learner_id}
    nameless = [one for one in people if one.learner_id is None]
    fits = queries.suggestions(nameless, colleagues, set(known))
    return {
        "count": len(people),
        "colleagues": [Colleague(one, known.get(one.learner_id)) for one in colleagues],
        "claims": [one for one in people if one.claimed_by_id],
        "guests": [Guest(one, fits.get(one.pk)) for one in nameless if not one.claimed_by_id],
        "matched": [one for one in people if one.learner_id],
        "unproven": sum(
            one.evidence_id is None and not one.claimed_by_id and bool(one.learner_id or one.email)
            for one in people
        ),
        "proven": sum(one.evidence_id is not None for one in people),
    }


def lines_of(text: str) -> list[str]:
    """Names, one a line, or with commas between."""
    names = text.replace(",", "\n").replace(";", "\n").splitlines()
    return [name for name in names if name.strip()][:_MOST_NAMES_AT_ONCE]
