"""Employees by name. Kari looks after Vang kommune, Ola after another organisation, Nils in Gol."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.learning.exchange import reading
from samtun.learning.models import DirectoryToken, EmployeeUpload, Employment
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
LIST = "/skrivebord/opplaering/ansatte/"
FILE = f"{LIST}fil/"
TOKENS = f"{LIST}katalog/"


@dataclass
class World:
    """A municipality with two units and one employee, and those who may or may not see her."""

    vang: Organization
    home: Organization
    school: Organization
    eli: Employment
    kari: User
    ola: User
    nils: User

    @property
    def page(self) -> str:
        return f"{LIST}{self.eli.pk}/"


@pytest.fixture
def world() -> World:
    place = make.municipality("3454", "Vang")
    region = make.region("valdres", place)
    vang = make.organization(name="Vang kommune", municipality=place)
    home, school = (
        make.organization(name=name, parent_organization=vang, municipality=place)
        for name in ("Vang helsetun", "Vang skule")
    )
    eli = learning.employment(home, employer=vang, learner=learning.learner("Eli Hemmelig"))
    kari, ola, nils = (people.person(name) for name in ("Kari", "Ola", "Nils"))
    people.role(kari, RoleKind.ORGANISATION_EDITOR, organization=vang)
    other = make.organization(municipality=place)
    people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=other)
    gol = make.region("hallingdal", make.municipality("3330", "Gol"))
    people.role(nils, RoleKind.REGION_EDITOR, region=gol)
    people.role(people.person("Rita"), RoleKind.REGION_EDITOR, region=region)
    return World(vang, home, school, eli, kari, ola, nils)


def browser(person: User) -> Client:
    people.forget(person)
    return people.signed_in(person)


def text(content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("ansatte.csv", content.encode())


def send(world: World, content: str, **fields: object) -> str:
    data = {"employer": world.vang.pk, "file": text(content), **fields}
    answer = browser(world.kari).post(FILE, data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def test_who_looks_after_the_list_sees_it_and_is_seen_to_look(world: World) -> None:
    page = browser(world.kari).get(LIST)
    assert "Eli Hemmelig" in page.content.decode()
    assert AuditEvent.objects.filter(action="looked.at", object_id="employees").exists()


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_outsiders_see_nobody(world: World, who: str) -> None:
    client = browser(getattr(world, who))
    assert "Eli Hemmelig" not in client.get(LIST).content.decode()
    assert "Eli Hemmelig" not in client.post(LIST, {"navn": "Eli"}).content.decode()
    assert client.get(world.page).status_code == 404
    for action in ("endre", "slutter", "igjen"):
        assert client.post(f"{world.page}{action}/", {}).status_code == 404
    world.eli.refresh_from_db()
    assert world.eli.left_on is None


@pytest.mark.parametrize("kind", [RoleKind.COORDINATOR, RoleKind.LEADER])
def test_coordinators_and_leaders_do_not_see_the_list(world: World, kind: RoleKind) -> None:
    guri = people.person("Guri")
    people.role(guri, kind, municipality=world.vang.municipality)
    for address in (LIST, world.page, FILE, TOKENS, f"{LIST}ny/"):
        assert browser(guri).get(address).status_code == 404


def test_advisers_and_employees_do_not_see_the_list(world: World) -> None:
    for kind in (RoleKind.ADVISER, RoleKind.EMPLOYEE):
        person = people.person()
        people.role(person, kind, organization=world.vang)
        assert browser(person).get(LIST).status_code == 404


def test_one_and_thirty_rows_take_the_same_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(world.kari)
    client.get(LIST)
    for count in (0, 29):
        for _number in range(count):
            learning.employment(world.school, employer=world.vang)
        with django_assert_num_queries(11):
            page = client.get(LIST).content.decode()
    assert page.count('scope="row"') == 30


def test_the_list_is_divided_by_unit_profession_and_who_has_left(world: World) -> None:
    learning.employment(world.school, employer=world.vang, learner=learning.learner("Ola Lærar"),
                        profession="teacher")  # fmt: skip
    gone = learning.learner("Per Slutta")
    yesterday = timezone.localdate() - timedelta(days=1)
    learning.employment(world.school, employer=world.vang, learner=gone, left_on=yesterday)
    client = browser(world.kari)
    for query, names in (
        (f"enhet={world.vang.pk}", {"Eli Hemmelig", "Ola Lærar"}),
        (f"enhet={world.school.pk}", {"Ola Lærar"}), ("yrke=nurse", {"Eli Hemmelig"}),
        ("sluttet=1", {"Per Slutta"}), ("enhet=tull&yrke=tull", {"Eli Hemmelig", "Ola Lærar"}),
    ):  # fmt: skip
        page = client.get(f"{LIST}?{query}").content.decode()
        shown = {name for name in ("Eli Hemmelig", "Ola Lærar", "Per Slutta") if name in page}
        assert shown == names


def test_a_name_is_looked_for_without_standing_in_the_address(world: World) -> None:
    page = browser(world.kari).post(LIST, {"navn": "hemm"}).content.decode()
    assert "Eli Hemmelig" in page
    assert "navn=" not in page


def test_the_page_of_one_says_what_is_to_be_learnt_and_why(world: World) -> None:
    item = learning.item(learning.version(learning.plan(municipality=world.vang.municipality)))
    learning.obligation(world.eli, item, why={"unit_name": "Vang helsetun"})
    page = browser(world.kari).get(world.page).content.decode()
    assert item.title in page
    assert "Vang helsetun" in page
    assert AuditEvent.objects.filter(action="looked.at", object_id=str(world.eli.pk)).exists()


def test_somebody_is_added_moved_and_leaves_by_hand(world: World) -> None:
    client = browser(world.kari)
    sent = {
        "name": "Ny Person", "email": "ny@vang.example", "unit": str(world.home.pk),
        "profession": "nurse", "joined_on": "2026-08-01",
    }  # fmt: skip
    assert client.post(f"{LIST}ny/", sent).status_code == 302
    made = Employment.objects.get(learner__name="Ny Person")
    assert (made.employer, made.source) == (world.vang, "hand")
    client.post(f"{LIST}{made.pk}/endre/", sent | {"unit": str(world.school.pk)})
    client.post(f"{LIST}{made.pk}/slutter/", {"left_on": "2026-10-31"})
    made.refresh_from_db()
    assert (made.unit, str(made.left_on)) == (world.school, "2026-10-31")
    client.post(f"{LIST}{made.pk}/igjen/")
    made.refresh_from_db()
    assert made.left_on is None


def test_nobody_is_added_to_a_unit_of_others(world: World) -> None:
    sent = {"name": "Ny", "unit": str(make.organization().pk), "profession": "nurse",
            "joined_on": "2026-08-01"}  # fmt: skip
    page = browser(world.kari).post(f"{LIST}ny/", sent)
    assert page.status_code == 200
    assert Employment.objects.count() == 1


def test_a_list_is_looked_through_and_then_saved(world: World) -> None:
    url = send(world, "Navn;E-post;Enhet\nNy Person;ny@vang.example;Vang skule\nX;nope;\n")
    client = browser(world.kari)
    page = client.get(url).content.decode()
    assert "Ny Person" in page
    assert Employment.objects.count() == 1
    client.post(url, {"apply": "1"})
    assert Employment.objects.filter(unit=world.school, learner__name="Ny Person").exists()
    assert not EmployeeUpload.objects.exists()
    assert client.get(url).status_code == 404


def test_units_are_pointed_out_on_the_page(world: World) -> None:
    url = send(world, "Navn;E-post;Enhet\nNy Person;ny@vang.example;Barneskulen\n")
    client = browser(world.kari)
    client.post(url, {"look": "1", "name": "Barneskulen", "unit": str(world.school.pk)})
    client.post(url, {"look": "1", "name": ["Tull", "x"], "unit": ["tull", ""]})
    client.post(url, {"apply": "1"})
    assert Employment.objects.filter(unit=world.school).count() == 1


def test_many_leavers_are_asked_about_twice(world: World) -> None:
    url = send(world, "Navn;E-post\nNy Person;ny@vang.example\n", is_complete="on")
    client = browser(world.kari)
    client.post(url, {"apply": "1"})
    assert Employment.objects.count() == 1
    client.post(url, {"apply": "1", "many_leave": "1"})
    world.eli.refresh_from_db()
    assert world.eli.left_on is not None


def test_a_list_is_its_senders_and_of_their_own_employer(world: World) -> None:
    url = send(world, "Navn;E-post\nNy Person;ny@vang.example\n")
    rita = people.person("Rita")
    people.role(rita, RoleKind.ORGANISATION_EDITOR, organization=world.vang)
    for person in (rita, world.ola, world.nils):
        client = browser(person)
        assert client.get(url).status_code == 404
        assert client.get(f"{url}rapport.xlsx").status_code == 404
        assert client.post(url, {"apply": "1"}).status_code == 404
    data = {"employer": world.vang.pk, "file": text("Navn;E-post\nA;a@b.example\n")}
    assert browser(world.nils).post(FILE, data).status_code == 422


def test_a_file_that_is_no_list_is_answered_in_the_form(world: World) -> None:
    data = {"employer": world.vang.pk, "file": SimpleUploadedFile("x.csv", b"%PDF-1.4 nope")}
    answer = browser(world.kari).post(FILE, data)
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.content.decode()
    assert not EmployeeUpload.objects.exists()


def test_the_report_and_the_throwing_away(world: World) -> None:
    url = send(world, "Navn;E-post\nNy Person;ny@vang.example\n")
    client = browser(world.kari)
    assert client.get(f"{url}rapport.xlsx").content.startswith(b"PK")
    client.post(url, {"drop": "1"})
    assert not EmployeeUpload.objects.exists()


@pytest.mark.parametrize("language", ["", "/nn", "/en"])
def test_the_template_is_read_as_it_is(world: World, language: str) -> None:
    file = browser(world.kari).get(f"{language}{LIST}mal.csv")
    content = b"".join(file) if file.streaming else file.content
    found = reading.read(content)
    assert (len(found.rows), found.unknown) == (2, [])
    assert len(found.columns) == 9


def test_the_secret_of_a_token_is_shown_once_and_ends(world: World) -> None:
    client = browser(world.kari)
    page = client.post(
        TOKENS, {"employer": world.vang.pk, "label": "Katalogen vår"}
    ).content.decode()
    assert "samtun-" in page
    token = DirectoryToken.objects.get()
    assert token.digest not in page
    assert 'value="samtun-' not in client.get(TOKENS).content.decode()
    assert browser(world.nils).post(f"{TOKENS}{token.pk}/avslutt/").status_code == 404
    assert "Katalogen vår" not in browser(world.ola).get(TOKENS).content.decode()
    client.post(f"{TOKENS}{token.pk}/avslutt/")
    token.refresh_from_db()
    assert token.ended_at is not None


def test_nobody_makes_a_token_for_others(world: World) -> None:
    browser(world.nils).post(TOKENS, {"employer": world.vang.pk, "label": "Katalogen vår"})
    assert not DirectoryToken.objects.exists()


def test_who_the_directory_could_not_place_is_told(world: World) -> None:
    Employment.objects.update(unit=world.vang, source="directory")
    client = browser(world.kari)
    assert "?uten-enhet=1" in client.get(LIST).content.decode()
    assert "Eli Hemmelig" in client.get(f"{LIST}?uten-enhet=1").content.decode()


def test_an_address_that_is_somebody_elses_is_told_to_those_who_keep_the_list(world: World) -> None:
    Employment.objects.update(denied_email="ein.annan@mail.example")
    kari = people.signed_in(world.kari)
    for page in ("/skrivebord/", world.page):
        assert "Eli Hemmelig" in kari.get(page).content.decode()
    assert "ein.annan@mail.example" in kari.get(world.page).content.decode()
    for other in (world.ola, world.nils):
        assert "Eli Hemmelig" not in people.signed_in(other).get("/skrivebord/").content.decode()
