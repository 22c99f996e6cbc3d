"""An editor answers what people have told us with one click; nobody else can."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samtun.directory.editing.reading import document_of
from samtun.directory.enums import SuggestionKind, SuggestionState
from samtun.directory.models import Service, ServiceDraft, Suggestion
from samtun.mail.models import Letter
from samtun.organisations.models import Region
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
OLA = "ola@privat.example"
LIST = "/skrivebord/forslag/"


@pytest.fixture
def valdres() -> Region:
    """Nord-Aurdal and Vang share a map."""
    vang = make.municipality("3454", "Vang")
    return make.region("valdres", make.municipality(), vang)


@pytest.fixture
def service(valdres: Region) -> Service:
    """An offer that the municipality gives."""
    owner = make.organization(municipality=make.municipality())
    return make.service(name="Demenskafé", url="https://gammel.example/", organization=owner)


@pytest.fixture
def kari(valdres: Region) -> User:
    """Edits the region."""
    made = people.person("Kari")
    people.role(made, RoleKind.REGION_EDITOR, region=valdres)
    return made


def told(region: Region, service: Service | None, **fields: Any) -> Suggestion:  # noqa: ANN401
    """Somebody wrote to us."""
    kind = SuggestionKind.ERROR if service else SuggestionKind.MISSING
    said = {"kind": kind, "text": "Telefonen er feil", "email": OLA} | fields
    return Suggestion.objects.create(region=region, service=service, **said)


def answers(person: User, said: Suggestion, svar: str, **fields: str) -> Any:  # noqa: ANN401
    """`person` presses the button `svar`."""
    url = reverse("desk:suggestion_answer", args=[said.pk])
    return people.signed_in(person).post(url, {"svar": svar} | fields)


def test_outsiders_meet_what_does_not_exist(valdres: Region, service: Service) -> None:
    said = told(valdres, service)
    ola, nils = people.person("Ola"), people.person("Nils")
    people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=make.organization(
        municipality=make.municipality()
    ))  # fmt: skip
    people.role(nils, RoleKind.COORDINATOR, municipality=make.municipality("3454", "Vang"))
    for outsider in (ola, nils):
        browser = people.signed_in(outsider)
        assert browser.get(f"{LIST}{said.pk}/").status_code == 404
        assert browser.post(f"{LIST}{said.pk}/svar/", {"svar": "ja"}).status_code == 404
        assert "Demenskafé" not in browser.get(LIST).content.decode()
    assert Client().get(f"{LIST}{said.pk}/").status_code == 302
    assert Suggestion.objects.get().state == SuggestionState.WAITING


def test_leader_has_no_suggestions(valdres: Region, service: Service) -> None:
    leader = people.person("Liv")
    people.role(leader, RoleKind.LEADER, region=valdres)
    assert people.signed_in(leader).get(f"{LIST}{told(valdres, service).pk}/").status_code == 404


def test_list_shows_what_waits_in_the_same_number_of_queries(
    valdres: Region,
    service: Service,
    kari: User,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    told(valdres, service)
    browser = people.signed_in(kari)
    browser.get(LIST)
    with django_assert_num_queries(7):
        browser.get(LIST)
    for _ in range(29):
        told(valdres, None)
    with django_assert_num_queries(7):
        page = browser.get(LIST).content.decode()
    assert page.count("/skrivebord/forslag/") >= 30


def test_look_at_an_address_is_in_the_trail_and_one_without_is_not(
    valdres: Region, service: Service, kari: User
) -> None:
    browser = people.signed_in(kari)
    browser.get(f"{LIST}{told(valdres, service, email='').pk}/")
    looks = AuditEvent.objects.filter(action="looked.at")
    assert not looks.exists()
    said = told(valdres, service)
    page = browser.get(f"{LIST}{said.pk}/").content.decode()
    assert OLA in page
    assert "https://gammel.example/" in page
    assert (looks.get().object_id, looks.get().actor) == (str(said.pk), kari)
    assert OLA not in str(AuditEvent.objects.values())


def test_hostile_words_are_only_words(valdres: Region, service: Service, kari: User) -> None:
    said = told(valdres, service, text="<script>alert(1)</script>{% now 'Y' %}")
    page = people.signed_in(kari).get(f"{LIST}{said.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_one_click_answers_and_writes_once(valdres: Region, service: Service, kari: User) -> None:
    said = told(valdres, service)
    assert answers(kari, said, "ja").status_code == 302
    assert Suggestion.objects.get().state == SuggestionState.ACCEPTED
    again = answers(kari, said, "nei", grunn="right")
    assert again.url == f"{LIST}{said.pk}/"
    assert Suggestion.objects.get().state == SuggestionState.ACCEPTED
    assert Letter.objects.count() == 1


def test_no_needs_a_reason_and_keeps_the_words(
    valdres: Region, service: Service, kari: User
) -> None:
    said = told(valdres, service, language="nn")
    assert answers(kari, said, "nei").status_code == 422
    assert Suggestion.objects.get().state == SuggestionState.WAITING
    answers(kari, said, "nei", ord="Takk likevel.")
    assert Suggestion.objects.get().reply == "Takk likevel."
    assert "Takk likevel." in Letter.objects.get().text


@pytest.mark.parametrize("svar", ["", "tull", "nytt"])
def test_button_that_is_not_there_does_nothing(
    svar: str, valdres: Region, service: Service, kari: User
) -> None:
    assert answers(kari, told(valdres, service), svar).status_code == 404
    assert Suggestion.objects.get().state == SuggestionState.WAITING


def test_correcting_opens_the_form_and_saving_it_answers(
    valdres: Region, service: Service, kari: User
) -> None:
    said = told(valdres, service)
    form = answers(kari, said, "endre").url
    browser = people.signed_in(kari)
    page = browser.get(form)
    assert "Telefonen er feil" in page.content.decode()
    fields = dict(page.context["form"].data.lists())
    browser.post(form, {**fields, "url": "https://ny.example/", "do": "save"})
    service.refresh_from_db()
    assert service.url == "https://ny.example/"
    assert Suggestion.objects.get().state == SuggestionState.ACCEPTED_CHANGED
    assert Letter.objects.get().to == OLA


def test_form_of_another_offer_answers_nothing(
    valdres: Region, service: Service, kari: User
) -> None:
    said = told(valdres, service)
    other = make.service(organization=service.organization)
    browser = people.signed_in(kari)
    form = f"{reverse('desk:offer', args=[other.pk])}?forslag={said.pk}"
    page = browser.get(form)
    assert "Telefonen er feil" not in page.content.decode()
    fields = dict(page.context["form"].data.lists())
    browser.post(form, {**fields, "url": "https://ny.example/", "do": "save"})
    assert Suggestion.objects.get().state == SuggestionState.WAITING


def test_keepers_change_is_shown_field_by_field_and_accepted(
    valdres: Region, service: Service, kari: User
) -> None:
    document = document_of(service) | {"url": "https://ny.example/"}
    said = told(valdres, service, kind=SuggestionKind.CHANGE, text="", document=document)
    page = people.signed_in(kari).get(f"{LIST}{said.pk}/").content.decode()
    assert "gammel" in page
    assert "<ins>" in page
    answers(kari, said, "ja")
    service.refresh_from_db()
    assert service.url == "https://ny.example/"


def test_keepers_change_of_an_older_version_is_not_lost(
    valdres: Region, service: Service, kari: User
) -> None:
    document = document_of(service) | {"url": "https://ny.example/"}
    said = told(valdres, service, kind=SuggestionKind.CHANGE, text="", document=document)
    form = reverse("desk:offer", args=[service.pk])
    browser = people.signed_in(kari)
    fields = dict(browser.get(form).context["form"].data.lists())
    browser.post(form, {**fields, "email": "ny@huset.example", "do": "save"})
    assert answers(kari, said, "ja").status_code == 422
    assert Suggestion.objects.get().state == SuggestionState.WAITING
    opened = answers(kari, said, "endre").url
    assert "utkast=1" in opened
    draft = ServiceDraft.objects.get()
    assert draft.fields["url"] == ["https://ny.example/"]
    assert people.signed_in(kari).get(opened).context["form"].data["url"] == "https://ny.example/"


def test_missing_offer_opens_as_a_draft(valdres: Region, kari: User) -> None:
    document = {"texts": {"nb": {"name": "Strikkekafé"}}, "covers": ["3451"]}
    said = told(valdres, None, document=document)
    page = people.signed_in(kari).get(f"{LIST}{said.pk}/")
    assert page.status_code == 200
    opened = answers(kari, said, "nytt").url
    shown = people.signed_in(kari).get(opened)
    assert shown.context["form"].data["nb-name"] == "Strikkekafé"
    assert Suggestion.objects.get().state == SuggestionState.ACCEPTED


def test_answered_ones_can_be_read_again(valdres: Region, service: Service, kari: User) -> None:
    said = told(valdres, service)
    answers(kari, said, "ja")
    browser = people.signed_in(kari)
    assert str(said.pk) not in browser.get(LIST).content.decode()
    assert str(said.pk) in browser.get(f"{LIST}?vis=besvart").content.decode()
    assert "svar/" not in browser.get(f"{LIST}{said.pk}/").content.decode()
