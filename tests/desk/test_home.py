"""The desk: what waits for me now, as Kari, Ola and Nils, and as a leader who only reads."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.desk.waiting import waiting_for
from samtun.directory.enums import AskingStage, LinkState, ServiceStatus, SuggestionKind
from samtun.directory.models import Asking, Link, MissedSearch, ServiceDraft, Suggestion
from samtun.organisations import recent
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.desk.desk_scenes import Scene, scene
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
HOME = "/skrivebord/"


@pytest.fixture
def valdres() -> Scene:
    return scene()


def cards(person: User) -> dict[str, int]:
    """How many things of each kind wait for `person`."""
    people.forget(person)
    return {card.key: card.count for card in waiting_for(person).cards}


def trouble(valdres: Scene, number: int) -> None:
    """One of everything that can wait."""
    today, now = timezone.localdate(), timezone.now()
    past = today - timedelta(days=5)
    valdres.service(f"Min {number}", keeper=valdres.kari, confirm_due_on=past)
    valdres.service(f"Ingens {number}", assurer_email="")
    silent = valdres.service(f"Taus {number}", confirm_due_on=past)
    Asking.objects.create(service=silent, stage=AskingStage.DESK, since=today, first_asked_on=past)
    valdres.service(f"Slutter {number}", end_on=today + timedelta(days=3))
    valdres.service(
        f"Kommer {number}", status=ServiceStatus.INACTIVE, publish_on=today + timedelta(days=3)
    )
    linked = valdres.service(f"Lenke {number}")
    link = Link.objects.create(url=f"https://a.example/{number}", state=LinkState.GONE)
    link.services.add(linked)
    Suggestion.objects.create(
        kind=SuggestionKind.ERROR, region=valdres.region, service=linked, text="Feil", made_at=now
    )
    MissedSearch.objects.create(
        region=valdres.region, digest=str(number), words=f"ord {number}", count=3, last_on=today
    )
    ServiceDraft.objects.create(service=linked, person=valdres.kari, fields={})


def test_everything_that_waits_has_its_card(valdres: Scene) -> None:
    make.term("avlastning")
    trouble(valdres, 1)
    assert cards(valdres.kari) == {
        "mine": 1, "unkept": 1, "silent": 1, "ending": 1, "publishing": 1, "links": 1,
        "suggestions": 1, "missed": 1, "drafts": 1, "gaps": 2,
    }  # fmt: skip


def test_the_most_urgent_comes_first(valdres: Scene) -> None:
    trouble(valdres, 1)
    keys = [card.key for card in waiting_for(valdres.kari).cards]
    assert keys[:4] == ["suggestions", "mine", "links", "silent"]


def test_nothing_of_it_waits_for_ola_or_nils(valdres: Scene) -> None:
    trouble(valdres, 1)
    assert cards(valdres.ola) == {}
    assert cards(valdres.nils) == {}
    for person in (valdres.ola, valdres.nils):
        page = valdres.in_browser(person).get(HOME).content.decode()
        assert "Taus 1" not in page


def test_all_in_order_is_said_calmly(valdres: Scene) -> None:
    page = valdres.in_browser(valdres.kari).get("/en/skrivebord/").content.decode()
    assert "All is in order" in page


def test_one_press_says_that_an_entry_is_still_right_and_comes_back(valdres: Scene) -> None:
    service = valdres.service(
        "Min", keeper=valdres.kari, confirm_due_on=timezone.localdate(), assured_date=None
    )
    client = valdres.in_browser(valdres.kari)
    page = client.get(HOME).content.decode()
    assert f'value="riktig:{service.pk}"' in page
    answer = client.post(
        f"{HOME}bekreftelser/svar/", {"svar": f"riktig:{service.pk}", "next": HOME}
    )
    assert answer["Location"] == HOME
    service.refresh_from_db()
    assert service.assured_date == timezone.localdate()


def test_a_leader_sees_without_buttons(valdres: Scene) -> None:
    trouble(valdres, 1)
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, region=valdres.region)
    page = valdres.in_browser(lise).get(HOME).content.decode()
    assert "Taus 1" in page
    assert "riktig:" not in page
    assert "Feil" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_desk_costs_the_same_however_much_waits(
    valdres: Scene, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.term("avlastning")
    for number in range(rows):
        trouble(valdres, number)
    client = valdres.in_browser(valdres.kari)
    client.get(HOME)
    with django_assert_num_queries(13):
        assert client.get(HOME).status_code == 200


def test_the_first_three_are_of_different_kinds_and_stand_once(valdres: Scene) -> None:
    for number in range(4):
        trouble(valdres, number)
    found = waiting_for(valdres.kari)
    assert len(found.first) == 3
    in_cards = [line for card in found.cards for line in card.lines]
    assert not any(line is first for first in found.first for line in in_cards)


def test_a_draft_of_somebody_else_is_not_told(valdres: Scene) -> None:
    service = valdres.service("Delt")
    ServiceDraft.objects.create(service=service, person=valdres.ola, fields={})
    assert "drafts" not in cards(valdres.kari)


def test_whoever_has_no_desk_is_led_to_what_they_learn(valdres: Scene) -> None:
    emil = people.person("Emil")
    people.role(emil, RoleKind.EMPLOYEE, organization=valdres.owner)
    recent.forget()
    answer = valdres.in_browser(emil).get(HOME)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kurs/mitt/")


def test_a_press_on_the_desk_leads_back_to_it(valdres: Scene) -> None:
    valdres.service("Min", keeper=valdres.kari, confirm_due_on=timezone.localdate())
    page = valdres.in_browser(valdres.kari).get(HOME).content.decode()
    assert f'name="next" value="{HOME}"' in page
