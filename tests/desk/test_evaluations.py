"""What those who were there thought: only together, never one of them."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from samtun.events import tokens
from samtun.events.models import Evaluation, Intake
from samtun.people.enums import RoleKind
from tests.desk.desk_scenes import Scene, scene
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def valdres() -> Scene:
    return scene()


def asked(valdres: Scene, answers: int) -> Intake:
    """A meeting that so many have answered about."""
    of = happening.one_off(organization=valdres.owner)
    for number in range(answers):
        Evaluation.objects.create(
            intake=of, usefulness=5 - number % 2, would_come_again=True, text=f"Ord <{number}>"
        )
    return of


def page_of(valdres: Scene, of: Intake, who: object = None) -> str:
    person = who or valdres.kari
    address = reverse("desk:evaluations", args=[of.event_id])
    return valdres.in_browser(person).get(f"/en{address}").content.decode()  # type: ignore[arg-type]


def test_four_answers_are_not_shown(valdres: Scene) -> None:
    page = page_of(valdres, asked(valdres, 4))
    assert "4 answers" in page
    assert "Ord" not in page
    assert "average" not in page


def test_from_five_on_they_are_shown_together(valdres: Scene) -> None:
    page = page_of(valdres, asked(valdres, 5))
    assert "5 answers. 4.6 of 5 on average." in page
    assert all(escape(f"Ord <{number}>") in page for number in range(5))


def test_the_words_come_in_no_order(valdres: Scene) -> None:
    of = asked(valdres, 12)
    orders = {tuple(page_of(valdres, of).split("Ord &lt;")[1:]) for _again in range(4)}
    assert len(orders) > 1


def test_a_leader_sees_the_grades_and_not_the_words(valdres: Scene) -> None:
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, region=valdres.region)
    page = page_of(valdres, asked(valdres, 5), lise)
    assert "4.6 of 5" in page
    assert "Ord" not in page


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_outsiders_are_told_that_there_is_no_such_thing(valdres: Scene, who: str) -> None:
    of = asked(valdres, 5)
    browser = valdres.in_browser(getattr(valdres, who))
    assert browser.get(reverse("desk:evaluations", args=[of.event_id])).status_code == 404
    assert browser.get(reverse("desk:evaluation_wall", args=[of.pk])).status_code == 404


def test_the_wall_shows_the_way_to_the_questions_of_that_date(valdres: Scene) -> None:
    of = asked(valdres, 0)
    browser = valdres.in_browser(valdres.kari)
    page = browser.get(reverse("desk:evaluation_wall", args=[of.pk])).content.decode()
    assert tokens.address("evaluation", tokens.evaluation_token_of(of), "nb") in page
    assert 'class="qr"' in page
