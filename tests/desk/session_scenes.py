"""A unit of Kari's with a session, and Ola and Nils outside of it."""

from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from samtun.learning.actions import sessions
from samtun.learning.models import Employment, GroupSession, Learner, Module
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import learning, people


@dataclass
class Meeting:
    """Kari leads the unit; Ola another in the same municipality; Nils one elsewhere."""

    unit: Organization
    session: GroupSession
    eli: Employment
    kari: User
    ola: User
    nils: User

    @property
    def learner(self) -> Learner:
        """Eli, who works there."""
        return self.eli.learner

    def in_browser(self, person: User) -> Client:
        """Signed in, with roles read anew."""
        people.forget(person)
        return people.signed_in(person)

    def opened(self) -> GroupSession:
        """It goes on."""
        self.session = sessions.open(session=self.session, by=self.kari)
        return self.session

    def closed(self) -> GroupSession:
        """It is over."""
        self.session = sessions.close(session=self.session, by=self.kari)
        return self.session


def meeting() -> Meeting:
    """A planned session of a module with a task, a question and a checklist."""
    home = make.municipality()
    unit = make.organization(municipality=home, name="Sjukeheimen")
    kari, ola, nils = (people.person(name) for name in ("Kari", "Ola", "Nils"))
    people.role(kari, RoleKind.LEADER, organization=unit)
    people.role(ola, RoleKind.LEADER, organization=make.organization(municipality=home))
    elsewhere = make.organization(municipality=make.municipality("5001", "Trondheim"))
    people.role(nils, RoleKind.LEADER, organization=elsewhere)
    eli = learning.employment(unit, learner=learning.learner("Eli Hansen"))
    session = sessions.plan(
        module=module(), unit=unit, language="nb", starts_at=timezone.now(), by=kari
    )
    return Meeting(unit, session, eli, kari, ola, nils)


def module() -> Module:
    """Two lessons."""
    task = learning.block("discussion", title="Hvem er her?", html="<p>Snakk to og to.</p>")
    points = [{"id": "p1", "text": "Vi spør alle"}, {"id": "p2", "text": "Vi har en kontakt"}]
    listed = learning.block("checklist", title="Hos oss", introduction="Gå gjennom.", points=points)
    return learning.module(
        learning.lesson(learning.block(), learning.quiz(), task), learning.lesson(listed)
    )
