"""The form of an offer: nothing is lost between document, boxes and document."""

import pytest

from samtun.directory.editing.document import Document
from samtun.directory.editing.form_choices import Choices, choices_for, choices_for_keeper
from samtun.directory.editing.form_widgets import Data
from samtun.directory.editing.forms import OfferForm, after_button, data_of, typed
from samtun.directory.editing.reading import document_of
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    """Looks after the organisation of the full service."""
    return people.person()


@pytest.fixture
def document(editor: User) -> Document:
    """One of everything."""
    full = make.full_service()
    owner = full.service.organization
    people.role(editor, RoleKind.ORGANISATION_EDITOR, organization=owner)
    return document_of(full.service)


@pytest.fixture
def choices(editor: User, document: Document) -> Choices:
    """What the editor can choose."""
    return choices_for(editor, document, "nb")


def pressed(data: Data, button: str) -> Data:
    data["do"] = button
    return after_button(data).data


def test_what_is_shown_and_sent_back_is_the_same(document: Document, choices: Choices) -> None:
    form = OfferForm(typed(data_of(document)), choices, document=document)
    assert form.is_valid()
    assert form.document() == document


def test_a_keeper_changes_nothing_of_what_is_hidden(document: Document) -> None:
    choices = choices_for_keeper(document, "nb")
    data = data_of(document)
    data["assurer_email"] = "tyv@example.com"
    data["organization"] = str(make.organization().pk)
    data["end_on"] = "2027-01-01"
    data["url"] = "https://ny.example/"
    form = OfferForm(data, choices, document=document, for_keeper=True)
    assert form.is_valid()
    assert form.document() == {**document, "url": "https://ny.example/"}


def test_a_keeper_never_changes_a_place_for_others(document: Document) -> None:
    data = data_of(document)
    data["places-0-for_all"] = "on"
    form = OfferForm(data, choices_for_keeper(document, "nb"), document=document, for_keeper=True)
    assert not form.document()["places"][0].get("for_all")


def test_an_old_fault_does_not_stop_other_work(choices: Choices, document: Document) -> None:
    old: Document = {**document, "url": "ikke en adresse"}
    data = data_of(old)
    data["nb-summary"] = "Ny setning"
    assert OfferForm(data, choices, document=old).is_valid()
    data["url"] = "heller ikke en adresse"
    assert not OfferForm(data, choices, document=old).is_valid()


def test_a_row_is_added_and_taken_away_without_losing_the_rest(document: Document) -> None:
    before = data_of(document)
    more = pressed(before.copy(), "add:phones")
    assert more["phones-1-row"] == "1"
    less = pressed(more, "remove:phones:0")
    assert not [name for name in less if name.startswith("phones-0-")]
    assert less["nb-name"] == before["nb-name"]


def test_hours_follow_their_place_when_another_is_taken_away(
    document: Document, choices: Choices
) -> None:
    data = data_of(document)
    at = next(n for n, each in enumerate(document["hours"]) if each["place"] is not None)
    kept = document["hours"][at]["place"]
    other = str(1 - int(kept or 0))
    form = OfferForm(pressed(data, f"remove:places:{other}"), choices, document=document)
    assert len(form.document()["places"]) == 1
    assert form.document()["hours"][at]["place"] == 0


def test_copying_fills_only_what_is_empty(document: Document) -> None:
    data = pressed(data_of(document), "copy:nb:nn")
    assert data["nn-name"] == "Temakafé for pårørande"
    assert data["nn-summary"] == data["nb-summary"] != ""


def test_choosing_a_place_brings_what_it_is_like(document: Document, editor: User) -> None:
    house = make.location(name="Samfunnshuset")
    make.address(house, address_1="Bygdevegen 3")
    make.region("valdres", make.municipality())
    choices = choices_for(editor, document, "nb")
    data = data_of(document)
    data["places-0-location"] = str(house.pk)
    place = OfferForm(data, choices, document=document).document()["places"][0]
    assert (place["name"], place["address_1"]) == ("Samfunnshuset", "Bygdevegen 3")


def test_a_secret_place_of_others_can_neither_be_seen_nor_chosen(
    document: Document, editor: User
) -> None:
    secret = make.location(name="Krisesenteret", is_confidential=True)
    make.region("valdres", make.municipality())
    for choices in (choices_for(editor, document, "nb"), choices_for_keeper(document, "nb")):
        assert str(secret.pk) not in choices.place_facts
        data = data_of(document)
        data["places-0-location"] = str(secret.pk)
        place = OfferForm(data, choices, document=document).document()["places"][0]
        assert place["location"] != str(secret.pk)


def test_municipalities_are_named_in_words(document: Document, choices: Choices) -> None:
    data = data_of(document)
    data["covers_more"] = "vang, Utopia"
    form = OfferForm(data, choices, document=document)
    assert "3454" in form.document()["covers"]
    assert [one.anchor for one in form.problems] == ["id_covers_more"]


def test_anything_at_all_gives_messages_and_no_failure(
    document: Document, choices: Choices
) -> None:
    data = data_of(document)
    hostile = ["\x00\x1b[2J", "x" * 20_000, "<script>alert(1)</script>", "-1", "99999999999999"]
    for name in list(data):
        data.setlist(name, hostile)
    data |= {f"hours-{number}-row": "1" for number in range(2000)}
    data |= {"places-٣-name": "x", "hours-0-place": "places", "in_language": "xx", "do": "add:x:y"}
    form = OfferForm(typed(data), choices, document=document)
    assert not form.is_valid()
    assert len(form.rows["hours"].forms) <= 28
    after_button(typed(data))


def test_too_many_rows_are_said_to_be_so(document: Document, choices: Choices) -> None:
    data = data_of(document)
    for number in range(30):
        data[f"phones-{number}-number"] = "61 00 00 00"
    form = OfferForm(data, choices, document=document)
    assert len(form.document()["phones"]) == 20
    assert not form.is_valid()
