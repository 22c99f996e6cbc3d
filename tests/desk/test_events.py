"""The list of meeting places on the desk, and what becomes of one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.events.enums import EventStatus, NoticeKind, PartyState
from samtun.events.models import Event, Notice
from samtun.events.queries.event_list import Wanted, events_found
from samtun.events.queries.kept import events_of
from samtun.people.enums import RoleKind
from samtun.people.rules import may
from tests.desk.desk_scenes import Scene, scene
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db
LIST = "/skrivebord/moteplasser/"


@pytest.fixture
def valdres() -> Scene:
    """Kari coordinates the region."""
    return scene()


@pytest.fixture
def kari(valdres: Scene) -> Client:
    """Her browser."""
    return valdres.in_browser(valdres.kari)


def test_the_list_says_how_full_the_next_date_is(valdres: Scene, kari: Client) -> None:
    made = happening.event(organization=valdres.owner, name="Temakafé i Aurdal", kind="series",
                           capacity=2)  # fmt: skip
    happening.occurrence(made, happening.soon(days=-7))
    coming = happening.occurrence(made, happening.soon(days=7)).intake
    happening.occurrence(made, happening.soon(days=14))
    happening.party(coming, size=2)
    happening.party(coming, size=3, state=PartyState.WAITING)
    row = events_found(valdres.kari, Wanted(), 1).events[0]
    assert (row.next_taken, row.next_capacity, row.waiting) == (2, 2, 3)  # type: ignore[attr-defined]
    assert (row.dates_left, row.unmarked) == (2, 1)  # type: ignore[attr-defined]
    assert row.next_at == happening.soon(days=7)  # type: ignore[attr-defined]
    assert "Temakafé i Aurdal" in kari.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("", {"Coming"}), ("vis=drafts", {"Draft"}), ("vis=past", {"Over", "Archived"}),
     ("q=COMING", {"Coming"}), ("q=Ingen", set()), ("venter=on", set()), ("mine=on", {"Coming"}),
     ("slag=group", set()), ("virksomhet=x", set()), ("side=999&slag=x&q=%00", {"Coming"})],
)  # fmt: skip
def test_the_list_is_narrowed(valdres: Scene, kari: Client, query: str, found: set[str]) -> None:
    ours = {"organization": valdres.owner}
    happening.one_off(name="Coming", contact_email=valdres.kari.email, **ours)
    happening.event(name="Draft", status=EventStatus.DRAFT, **ours)
    happening.event(name="Archived", status=EventStatus.ARCHIVED, **ours)
    over = happening.event(name="Over", **ours)
    happening.occurrence(over, happening.soon(days=-3))
    page = kari.get(f"{LIST}?{query}").content.decode()
    assert {name for name in ("Coming", "Draft", "Archived", "Over") if f">{name}</a>" in page} == (
        found
    )


def test_more_events_cost_no_more_queries(
    valdres: Scene, kari: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    happening.party(happening.one_off(organization=valdres.owner, capacity=5))
    kari.get(LIST)
    with django_assert_num_queries(8):
        kari.get(LIST)
    for _number in range(29):
        made = happening.event(organization=valdres.owner, kind="series")
        for week in range(3):
            happening.party(happening.occurrence(made, happening.soon(days=7 * week + 1)).intake)
    with django_assert_num_queries(8):
        assert "Temakaf" in kari.get(LIST).content.decode()


def test_the_list_is_what_one_may_see(valdres: Scene) -> None:
    made = happening.one_off(organization=valdres.owner).event
    leader = people.person("Leder")
    people.role(leader, RoleKind.LEADER, region=valdres.region)
    for person, sees in ((valdres.kari, True), (valdres.ola, False), (valdres.nils, False),
                         (leader, True)):  # fmt: skip
        people.forget(person)
        assert may(person, "events.view_event", made) is sees
        assert (made in events_of(person)) is sees
        assert (made.name in valdres.in_browser(person).get(LIST).content.decode()) is sees
    assert made not in events_of(leader, "events.change_event")


def test_an_event_is_called_off_after_saying_who_hears_of_it(valdres: Scene, kari: Client) -> None:
    intake = happening.one_off(organization=valdres.owner)
    happening.party(intake)
    happening.party(intake, email="", phone="")
    url = f"{LIST}{intake.event.pk}/avlys/"
    assert 'value="event_cancelled:2|0"' in kari.get(url).content.decode()
    kari.post(url, {"notice": "Sykdom", "told": "event_cancelled:1|0"})  # not what was agreed to
    intake.event.refresh_from_db()
    assert intake.event.status == EventStatus.PUBLISHED
    assert not Notice.objects.exists()
    kari.post(url, {"notice": "Sykdom", "told": "event_cancelled:2|0"})
    intake.event.refresh_from_db()
    assert intake.event.status == EventStatus.CANCELLED
    assert Notice.objects.filter(kind=NoticeKind.EVENT_CANCELLED).count() == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_copy_is_not_made_for_the_ends_of_time(valdres: Scene, kari: Client, day: str) -> None:
    made = happening.one_off(organization=valdres.owner).event
    response = kari.post(f"{LIST}{made.pk}/kopier/", {"first_on": day})
    assert response.status_code == 200
    assert response.context["form"].errors["first_on"]
    assert Event.objects.get() == made


def test_a_copy_is_a_draft_with_new_dates(valdres: Scene, kari: Client) -> None:
    made = happening.one_off(organization=valdres.owner, join_url="https://join.example").event
    url = f"{LIST}{made.pk}/kopier/"
    assert kari.post(url, {"first_on": ""}).status_code == 200
    kari.post(url, {"first_on": (timezone.localdate() + timedelta(days=365)).isoformat()})
    copy = Event.objects.exclude(pk=made.pk).get()
    assert (copy.status, copy.copied_from, copy.join_url) == (EventStatus.DRAFT, made, "")


def test_an_event_with_people_is_not_put_away(valdres: Scene, kari: Client) -> None:
    intake = happening.one_off(organization=valdres.owner)
    happening.party(intake)
    url = f"{LIST}{intake.event.pk}/arkiver/"
    kari.get(url)
    kari.post(url)
    intake.event.refresh_from_db()
    assert intake.event.status == EventStatus.PUBLISHED
    intake.parties.update(state=PartyState.CANCELLED)
    kari.post(url)
    intake.event.refresh_from_db()
    assert intake.event.status == EventStatus.ARCHIVED


def test_every_page_of_hers_is_within_reach(valdres: Scene, kari: Client) -> None:
    intake = happening.one_off(organization=valdres.owner, capacity=5, evaluates=True)
    leader = people.person("Leder")
    people.role(leader, RoleKind.LEADER, region=valdres.region)
    hers, read = (f"{LIST}", f"{LIST}{intake.event_id}/")
    ways = {hers: ("/ring/", "/tall/"),
            read: (f"/pamelding/{intake.pk}/", f"/evaluering/{intake.event_id}/")}  # fmt: skip
    lise = valdres.in_browser(leader)
    for page, (names, numbers) in ways.items():
        seen, seen_by_leader = (one.get(page).content.decode() for one in (kari, lise))
        assert f'{names}"' in seen
        assert f'{numbers}"' in seen
        assert f'{names}"' not in seen_by_leader  # numbers, and nobody's name
        assert f'{numbers}"' in seen_by_leader


def test_what_was_put_away_is_published_again(valdres: Scene, kari: Client) -> None:
    made = happening.one_off(organization=valdres.owner, status=EventStatus.ARCHIVED).event
    page = kari.get(f"{LIST}{made.pk}/").content.decode()
    assert 'value="publish"' in page
