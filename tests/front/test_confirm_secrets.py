"""A letter can be forwarded: who holds it never sees a secret address, and cannot undo it."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from samtun.directory.editing import actions, reading
from samtun.directory.editing.document import Document
from samtun.directory.editing.form_secrets import with_secret_places, without_secret_places
from samtun.directory.editing.forms import data_of
from samtun.directory.keeping import tokens
from samtun.directory.models import Service
from samtun.people.enums import RoleKind
from tests.directory.keeping import scenes
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Service:
    """Given in an open house and in a secret one, and due today."""
    made = make.full_service(assurer_email=scenes.PROVIDER, assured_date=None).service
    Service.objects.filter(pk=made.pk).update(confirm_due_on=scenes.today())
    return made


def form_of(service: Service) -> str:
    """The path of the keeper's form."""
    path = urlsplit(tokens.address_of(scenes.enquiry(service))).path
    return f"{path}{service.pk}/endre/"


def document_of(service: Service) -> Document:
    """As it is stored now."""
    return reading.document_of(Service.objects.get(pk=service.pk))


def sent(service: Service, **fields: str) -> dict[str, object]:
    """What a keeper's browser sends who was shown the form."""
    shown = data_of(without_secret_places(document_of(service)))
    return {**dict(shown.lists()), "versjon": "0", "do": "save", **fields}


def test_the_form_shows_nothing_of_a_secret_place(client: Client, service: Service) -> None:
    response = client.get(form_of(service))
    page = response.content.decode()
    assert "Kulturhuset" in page
    assert response.context["has_secret"]
    for secret in make.SECRET_WORDS:
        assert secret not in page, secret


def test_saving_the_form_leaves_the_secret_place_as_it_was(
    client: Client, service: Service
) -> None:
    before = document_of(service)
    response = client.post(form_of(service), sent(service, email="ny@huset.example"))
    assert response.status_code == 302, response.content.decode()
    after = document_of(service)
    assert after["email"] == "ny@huset.example"
    assert after["places"] == before["places"]
    assert after["hours"] == before["hours"]


def test_what_a_colleague_changed_is_told_without_what_is_secret(
    client: Client, service: Service
) -> None:
    path, was = form_of(service), sent(service, url="https://huset.example/")
    kari = people.person()
    people.role(kari, RoleKind.ORGANISATION_EDITOR, organization=service.organization)
    document = document_of(service)
    actions.save(document={"email": "a@b.example"}, by=kari, service=service)
    place = next(one for one in document["places"] if one["is_confidential"])
    place["transportation"] = make.SECRET_WORDS[3]
    actions.save(document={"places": document["places"]}, by=kari, service=service)
    page = client.post(path, was).content.decode()
    assert "a@b.example" in page
    for secret in make.SECRET_WORDS:
        assert secret not in page, secret


def test_what_is_left_out_is_put_back_where_it_stood(service: Service) -> None:
    stored = document_of(service)
    assert with_secret_places(without_secret_places(stored), stored) == stored
