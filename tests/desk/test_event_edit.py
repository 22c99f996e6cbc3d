"""Writing and changing a meeting on the desk."""

import re
from itertools import pairwise

import pytest
from django.http import HttpResponse
from django.test import Client

from samtun.desk.events.data import data_of
from samtun.desk.events.merging import began_of
from samtun.events.enums import EventStatus, NoticeKind, PartyState
from samtun.events.models import Event, Notice, Party
from samtun.events.recurrence import OSLO
from samtun.people.enums import RoleKind
from tests.desk.desk_scenes import Scene, scene
from tests.factories import directory as make
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db
NEW = "/skrivebord/moteplasser/ny/"


@pytest.fixture
def valdres() -> Scene:
    """Kari coordinates the region."""
    return scene()


@pytest.fixture
def kari(valdres: Scene) -> Client:
    """Her browser."""
    return valdres.in_browser(valdres.kari)


def url(event: Event, end: str = "") -> str:
    """The page of `event` on the desk."""
    return f"/skrivebord/moteplasser/{event.pk}/{end}"


def filled(valdres: Scene, **more: object) -> dict[str, object]:
    """A form that can be saved."""
    day = happening.soon(days=20)
    return {
        "organization": str(valdres.owner.pk),
        "language": "nb",
        "in_language": ["nb", "nn"],
        "occasion": "meeting_place",
        "nb-name": "Temakafé",
        "nn-name": "Temakafé på nynorsk",
        "kind": "one_off",
        "on": day.date().isoformat(),
        "begins": "18:00",
        "ends": "20:00",
        "rhythm": "weekly",
        "meets_in_person": "on",
        "sign_up": "none",
        "regions": ["valdres"],
        "do": "save",
    } | more


def test_a_new_page_opens(kari: Client) -> None:
    response = kari.get(NEW)
    assert response.status_code == 200
    box = re.search(r'<input[^>]*name="meets_in_person"[^>]*>', response.content.decode())
    assert box
    assert "checked" not in box[0]  # nobody has said so


def test_a_draft_is_saved_with_little(valdres: Scene, kari: Client) -> None:
    response = kari.post(NEW, filled(valdres, on="", begins="", ends="", regions=[]))
    made = Event.objects.get()
    assert response.headers["Location"] == url(made)
    assert (made.name, made.status, made.starts_at) == ("Temakafé", EventStatus.DRAFT, None)
    assert made.translations["nn"]["name"] == "Temakafé på nynorsk"


def test_what_is_saved_is_shown_again(valdres: Scene, kari: Client) -> None:
    kari.post(NEW, filled(valdres))
    made = Event.objects.get()
    page = kari.get(url(made)).content.decode()
    assert 'value="18:00"' in page
    assert 'value="20:00"' in page
    assert made.municipalities.count() == 2


def dates_of(event: Event) -> list[str]:
    """The dates that were made, by the clock on the wall."""
    rows = event.occurrences.order_by("starts_at")
    return [f"{row.starts_at.astimezone(OSLO):%a %d %H:%M}" for row in rows]


def test_every_second_week_makes_dates(valdres: Scene, kari: Client) -> None:
    kari.post(NEW, filled(valdres, kind="series", rhythm="fortnightly", times="4"))
    made = Event.objects.get()
    days = [row.starts_at.date() for row in made.occurrences.order_by("starts_at")]
    assert len(days) == 4
    assert {(b - a).days for a, b in pairwise(days)} == {14}
    assert made.rrule.startswith("FREQ=WEEKLY;INTERVAL=2;BYDAY=")


def test_the_last_weekday_of_the_month_but_not_in_summer(valdres: Scene, kari: Client) -> None:
    form = filled(valdres, kind="series", rhythm="monthly", which="-1", on="2027-05-05",
                  times="3", pauses=["6", "7", "8"])  # fmt: skip
    kari.post(NEW, form)
    assert dates_of(Event.objects.get()) == ["Wed 26 18:00", "Wed 29 18:00", "Wed 27 18:00"]


def test_the_form_shows_the_rule_it_made(valdres: Scene, kari: Client) -> None:
    kari.post(NEW, filled(valdres, kind="series", rhythm="monthly", which="-1", times="3"))
    page = kari.get(url(Event.objects.get())).content.decode()
    assert '<option value="monthly" selected' in page
    assert '<option value="-1" selected' in page
    assert "RRULE" not in page
    assert "FREQ" not in page


def test_dates_chosen_by_hand_may_have_their_own_times(valdres: Scene, kari: Client) -> None:
    form = filled(valdres, kind="course", rhythm="chosen", on="2027-03-20")
    rows = {"row-on": ["2027-03-30", "", "2027-04-06"], "row-begins": ["17:00", "", ""],
            "row-ends": ["19:00", "", ""]}  # fmt: skip
    kari.post(NEW, form | rows)
    made = Event.objects.get()
    assert dates_of(made) == ["Sat 20 18:00", "Tue 30 17:00", "Tue 06 18:00"]
    assert made.intakes.count() == 1


@pytest.mark.parametrize(
    ("wrong", "anchor"),
    [({"nb-name": ""}, "id_nb-name"), ({"begins": ""}, "id_begins"),
     ({"ends": "17:00", "begins": "18:00"}, "id_ends"),
     ({"kind": "course", "rhythm": "weekly"}, "id_times"),
     ({"minimum_age": "20", "maximum_age": "10"}, "id_maximum_age"),
     ({"keep_until": "2028-01-01"}, "id_keep_reason"),
     ({"q-allergies": "on"}, "id_q-allergies-why-nb"),
     ({"location": "new"}, "id_place_name"), ({"organization": ""}, "id_organization"),
     ({"kind": "series", "rhythm": "chosen", "row-on": ["x"]}, "dates"),
     ({"kind": "series", "rhythm": "weekly", "until": "2020-01-01"}, "id_until")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(
    valdres: Scene, kari: Client, wrong: dict[str, object], anchor: str
) -> None:
    response = kari.post(NEW, filled(valdres, **{"nb-summary": "Kaffe og prat"} | wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Kaffe og prat" in page
    assert f'<a href="#{anchor}">' in page
    assert f'id="{anchor}"' in page
    assert not Event.objects.exists()


def test_showing_the_dates_saves_nothing(valdres: Scene, kari: Client) -> None:
    form = filled(valdres, kind="series", rhythm="weekly", times="3", on="2027-03-22", do="dates")
    page = kari.post(NEW, form).content.decode()
    assert "29. mars 2027 18:00–20:00" in page  # after the clocks change, still six o'clock
    assert not Event.objects.exists()


def test_publishing_says_what_is_missing_and_keeps_the_draft(valdres: Scene, kari: Client) -> None:
    kari.post(NEW, filled(valdres, do="publish", on="", begins="", ends=""))
    made = Event.objects.get()
    assert made.status == EventStatus.DRAFT
    assert kari.post(url(made, "publiser/")).status_code == 302
    kari.post(url(made), filled(valdres, do="publish", based_on=made.last_modified.isoformat()))
    made.refresh_from_db()
    assert made.status == EventStatus.PUBLISHED


def test_questions_and_a_place_of_its_own_are_kept(valdres: Scene, kari: Client) -> None:
    asked = {"sign_up": "required", "capacity": "12", "q-allergies": "on",
             "q-allergies-why-nb": "Vi serverer mat", "q-allergies-required": "on"}  # fmt: skip
    place = {"location": "new", "place_name": "Biblioteket", "address_1": "Gata 1"}
    kari.post(NEW, filled(valdres, **asked, **place))
    made = Event.objects.get()
    assert made.questions == [
        {"kind": "allergies", "label": {}, "why": {"nb": "Vi serverer mat"}, "is_required": True}
    ]
    assert made.location is not None
    assert made.location.name == "Biblioteket"
    page = kari.get(url(made)).content.decode()
    assert "Vi serverer mat" in page
    assert "Biblioteket" in page


def sent_again(kari: Client, event: Event, **changes: object) -> HttpResponse:
    """The form of `event` as its page has it, with changes, saved."""
    event.refresh_from_db()
    fields = dict(data_of(event).lists())
    fields |= {"based_on": [event.last_modified.isoformat()],
               "began": [began_of(data_of(event))], "do": ["save"]}  # fmt: skip
    return kari.post(url(event), fields | changes)  # type: ignore[return-value]


@pytest.fixture
def series(valdres: Scene, kari: Client) -> Event:
    """Four Wednesdays that people sign up for; three come to the first, one of them by phone."""
    kari.post(NEW, filled(valdres, kind="series", rhythm="weekly", times="4", do="publish",
                          sign_up="required", capacity="10"))  # fmt: skip
    made = Event.objects.get()
    first = made.occurrences.order_by("starts_at")[0].intake
    happening.party(first)
    happening.party(first)
    happening.party(first, email="", phone="99 99 99 99")
    return made


def test_saving_again_unchanged_tells_nobody(series: Event, kari: Client) -> None:
    before = list(series.occurrences.order_by("pk").values())
    assert sent_again(kari, series).status_code == 302
    assert list(series.occurrences.order_by("pk").values()) == before
    assert not Notice.objects.exists()


def test_who_will_be_told_is_said_before_saving(series: Event, kari: Client) -> None:
    first = series.occurrences.order_by("starts_at")[0]
    response = sent_again(kari, series, begins="17:00", ends="19:00")
    page = response.content.decode()
    assert 'value="changed:3|0"' in page
    first.refresh_from_db()
    assert first.starts_at.astimezone(OSLO).hour == 18
    assert not Notice.objects.exists()
    sent_again(kari, series, begins="17:00", ends="19:00", told="changed:3|0")
    first.refresh_from_db()
    assert first.starts_at.astimezone(OSLO).hour == 17
    assert Notice.objects.filter(kind=NoticeKind.CHANGED).count() == 3


def test_agreeing_to_something_else_asks_again(series: Event, kari: Client) -> None:
    sent_again(kari, series, begins="17:00", ends="19:00", told="changed:2|0")
    assert not Notice.objects.exists()


def test_dates_that_people_come_to_are_not_lost_without_asking(series: Event, kari: Client) -> None:
    day = happening.soon(days=22).date().isoformat()
    page = sent_again(kari, series, on=day).content.decode()
    assert 'value="event_cancelled:3|1"' in page
    assert series.occurrences.filter(status="scheduled").count() == 4
    sent_again(kari, series, on=day, told="event_cancelled:3|1")
    assert Party.objects.filter(state=PartyState.CANCELLED).count() == 3
    assert series.occurrences.filter(status="cancelled").count() == 1


def test_two_at_once_lose_nothing(series: Event, kari: Client) -> None:
    old = dict(data_of(series).lists()) | {
        "based_on": [series.last_modified.isoformat()], "began": [began_of(data_of(series))],
        "do": ["save"]}  # fmt: skip
    sent_again(kari, series, contact_name="Guri", contact_phone="11 11 11 11")
    page = kari.post(url(series), old | {"contact_phone": "22 22 22 22"}).content.decode()
    series.refresh_from_db()
    assert (series.contact_name, series.contact_phone) == ("Guri", "11 11 11 11")
    assert 'id="theirs"' in page
    assert 'value="Guri"' in page  # theirs, where I wrote nothing
    assert 'value="22 22 22 22"' in page  # mine, where both did
    assert "11 11 11 11" in page  # and theirs said beside it


def test_a_form_is_no_way_into_what_others_look_after(valdres: Scene) -> None:
    ola = valdres.in_browser(valdres.ola)
    response = ola.post(NEW, filled(valdres))
    assert response.status_code == 422
    assert not Event.objects.exists()


def test_changes_need_a_token_of_the_page(valdres: Scene) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.second_factor(valdres.kari))
    assert strict.post(NEW, filled(valdres)).status_code == 403


ADDRESSES = ["", "forhandsvis/", "datoer/", "publiser/", "avlys/", "kopier/", "arkiver/"]


@pytest.mark.parametrize("end", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_outsiders_find_nothing(valdres: Scene, end: str, method: str) -> None:
    made = happening.one_off(organization=valdres.owner).event
    for outsider in (valdres.ola, valdres.nils):
        client = valdres.in_browser(outsider)
        assert getattr(client, method)(url(made, end)).status_code in {404, 405}


def test_a_leader_reads_and_changes_nothing(valdres: Scene) -> None:
    leader = people.person("Leder")
    people.role(leader, RoleKind.LEADER, municipality=make.municipality())
    client = valdres.in_browser(leader)
    made = happening.one_off(organization=valdres.owner, join_url="https://secret.example").event
    page = client.get(url(made)).content.decode()
    assert made.name in page
    assert "secret.example" not in page
    assert client.get(url(made, "datoer/")).status_code == 200
    assert client.post(url(made), filled(valdres)).status_code == 404
    assert client.post(url(made, "datoer/"), {"on": "2027-01-01"}).status_code == 404
    for end in ("avlys/", "kopier/", "arkiver/", "forhandsvis/"):
        assert client.get(url(made, end)).status_code == 404
    assert client.get(NEW).status_code == 404


def test_what_the_other_changed_is_said_in_words(series: Event, kari: Client) -> None:
    old = dict(data_of(series).lists()) | {
        "based_on": [series.last_modified.isoformat()], "began": [began_of(data_of(series))],
        "do": ["save"]}  # fmt: skip
    sent_again(kari, series, asks_municipality="on", opens_on="2026-03-01", occasion="group")
    page = kari.post(url(series), old).content.decode()
    said = page[page.index('id="theirs"') : page.index("</section>", page.index('id="theirs"'))]
    assert "Samtalegruppe" in said
    assert "1. mars 2026" in said
    assert ">group<" not in said
    assert not re.search(r"<dd>(on|–)<", said)
