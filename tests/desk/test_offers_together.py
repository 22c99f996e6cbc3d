# ruff: noqa: F811  (fixtures are imported by their names)
"""Drafts, and two people at the same offer."""

import pytest

from samtun.directory.models import Service, ServiceDraft
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.desk.test_offers import NEW, kari, sent, service, url  # noqa: F401  (fixtures)
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva() -> User:
    """A colleague with the same role."""
    person = people.person("Eva Eksempel")
    people.role(person, RoleKind.COORDINATOR, municipality=make.municipality())
    return person


def test_what_does_not_collide_is_put_together(kari: User, eva: User, service: Service) -> None:
    hers, mine = sent(service, **{"nb-summary": "Av Eva"}), sent(service, **{"nb-name": "Av Kari"})
    people.signed_in(eva).post(url(service), hers)
    answer = people.signed_in(kari).post(url(service), mine, follow=True)
    service.refresh_from_db()
    assert (service.name, service.summary) == ("Av Kari", "Av Eva")
    assert "Eva Eksempel" in answer.content.decode()


def test_what_collides_is_asked_about_with_both_texts(
    kari: User,
    eva: User,
    service: Service,
) -> None:
    client = people.signed_in(kari)
    hers = sent(service, **{"nb-name": "Evas navn", "nb-summary": "Evas setning"})
    mine = sent(service, **{"nb-name": "Karis navn"})
    people.signed_in(eva).post(url(service), hers)
    page = client.post(url(service), mine).content.decode()
    assert "Evas navn" in page
    assert "Karis navn" in page
    assert 'value="take:texts.nb.name"' in page
    service.refresh_from_db()
    assert service.name == "Evas navn"
    again = mine | {"nb-summary": ["Evas setning"], "based_on": ["2"], "against": ["0"]}
    page = client.post(url(service), again | {"do": ["take:texts.nb.name"]}).content.decode()
    assert 'name="nb-name" value="Evas navn"' in page
    client.post(url(service), again | {"do": ["save"]})
    service.refresh_from_db()
    assert (service.name, service.summary) == ("Karis navn", "Evas setning")


def test_a_draft_is_kept_and_offered_and_nobody_else_sees_it(
    kari: User,
    eva: User,
    service: Service,
) -> None:
    client = people.signed_in(kari)
    answer = client.post(url(service, "utkast/"), sent(service, **{"nb-name": "Halvferdig"}))
    assert answer.json()["saved"]
    service.refresh_from_db()
    assert service.name == "Temakafé"
    draft = ServiceDraft.objects.get()
    assert f"?utkast={draft.pk}" in client.get(url(service)).content.decode()
    assert "Halvferdig" in client.get(url(service, f"?utkast={draft.pk}")).content.decode()
    stranger = people.signed_in(eva).get(url(service, f"?utkast={draft.pk}"))
    assert "Halvferdig" not in stranger.content.decode()


def test_a_draft_is_gone_when_it_is_saved_or_thrown_away(kari: User, service: Service) -> None:
    client = people.signed_in(kari)
    client.post(url(service, "utkast/"), sent(service))
    client.post(url(service), sent(service, **{"nb-summary": "Kaffe"}))
    assert not ServiceDraft.objects.exists()
    client.post(url(service, "utkast/"), sent(service))
    client.post(url(service), {"do": f"discard:{ServiceDraft.objects.get().pk}"})
    assert not ServiceDraft.objects.exists()


def test_a_new_offer_has_one_draft_however_often_it_is_kept(kari: User, service: Service) -> None:
    client = people.signed_in(kari)
    fields = {"nb-name": "Turgruppe", "language": "nb"}
    first = client.post(f"{NEW}utkast/", fields).json()["draft"]
    client.post(f"{NEW}utkast/", fields | {"draft": first, "nb-summary": "Vi går"})
    assert ServiceDraft.objects.count() == 1
    assert "Vi går" in client.get(f"{NEW}?utkast={first}").content.decode()


def test_too_much_to_be_a_draft_is_refused_kindly(kari: User, service: Service) -> None:
    fields = sent(service, **{"nb-description": "a" * 400_000})
    assert people.signed_in(kari).post(url(service, "utkast/"), fields).status_code == 413
