"""What happens to an account happens to its learner."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed

from samtun.people.models import User
from tests.factories import learning, people

pytestmark = pytest.mark.django_db


def moved(person: User, to: str) -> None:
    """The account has another address, confirmed."""
    old = EmailAddress.objects.get(user=person)
    new = EmailAddress.objects.create(user=person, email=to, verified=True)
    email_changed.send(
        sender=EmailAddress, request=None, user=person, from_email_address=old, to_email_address=new
    )


def test_letters_follow_an_account_to_its_new_address() -> None:
    person = people.person(email="eli@gammel.example")
    learner = learning.learner(user=person, email="eli@gammel.example")
    moved(person, "Eli@ny.example")
    learner.refresh_from_db()
    assert learner.email == "eli@ny.example"


def test_an_address_of_an_employer_stays() -> None:
    person = people.person(email="eli@gammel.example")
    learner = learning.learner(user=person, email="eli@jobb.example")
    moved(person, "eli@ny.example")
    learner.refresh_from_db()
    assert learner.email == "eli@jobb.example"


def test_an_account_goes_while_a_job_with_its_address_waits_for_an_answer() -> None:
    person = people.person(email="eli@vang.example")
    learner = learning.learner(user=person, email="eli@vang.example")
    asked = learning.learner(email="eli@vang.example")
    person.delete()
    learner.refresh_from_db()
    asked.refresh_from_db()
    assert (learner.user, learner.email, asked.email) == (None, "", "eli@vang.example")
