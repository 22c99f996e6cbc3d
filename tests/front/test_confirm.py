"""The pages behind a letter's links."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.utils import timezone

from samtun.directory.enums import Answer, ServiceStatus, SuggestionKind
from samtun.directory.keeping import suggestions, tokens
from samtun.directory.models import (
    Asking,
    Confirmation,
    EnquiredService,
    Enquiry,
    Service,
    Suggestion,
)
from samtun.mail.models import Letter
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.directory.keeping import scenes
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def page_of(*services: Service, email: str = scenes.PROVIDER) -> str:
    """The path of the letter about services that are due."""
    return urlsplit(tokens.address_of(scenes.enquiry(*services, email=email))).path


def text(response: Any) -> str:  # noqa: ANN401  (what the test client gives)
    """What the page says."""
    return " ".join(response.content.decode().split())


def everything() -> str:
    """The whole database."""
    rows = [
        json.loads(serializers.serialize("json", model._default_manager.order_by("pk")))
        for model in apps.get_models()
    ]
    return json.dumps(rows)


def test_the_page_lists_what_we_show_of_each_entry(client: Client) -> None:
    made = make.full_service(assurer_email=scenes.PROVIDER, assured_date=None)
    scenes.due("Turgruppe")
    make_due(made.service)
    page = text(client.get(page_of(made.service)))
    for said in (made.service.name, "Turgruppe", "Bare møt opp.", "00 00 00 01", "Kulturhuset"):
        assert said in page
    assert "Alle 2 er fortsatt riktige" in page
    for secret in make.SECRET_WORDS:
        assert secret not in page


def make_due(service: Service) -> None:
    """As if it had been due since today."""
    Service.objects.filter(pk=service.pk).update(confirm_due_on=scenes.today())


@pytest.mark.parametrize("headers", [{}, {"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}])
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_every_link_changes_nothing(
    client: Client, method: str, headers: dict[str, str]
) -> None:
    service = scenes.due()
    scenes.due("Turgruppe")
    path = page_of(service)
    before = everything()
    seen, waiting = set(), [path, f"{path}takk/", f"{path}?svar=riktig"]
    waiting += [f"{path}{service.pk}/?svar={word}" for word in ("riktig", "endre", "slutt", "x")]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = getattr(client, method)(address, headers=headers)
        links = {part.split('"')[0] for part in text(response).split('href="')[1:]}
        waiting += sorted({link for link in links if "/bekreft/" in link} - seen - {*waiting})
        if response.status_code == 302:
            waiting.append(response["Location"])
    assert everything() == before
    assert client.cookies == {}


def test_what_only_does_something_cannot_be_opened(client: Client) -> None:
    assert client.get(f"{page_of(scenes.due())}nytt/").status_code == 405


def test_one_press_says_that_all_are_still_right(client: Client) -> None:
    services = [scenes.due("Temakafé"), scenes.due("Turgruppe")]
    path = page_of(*services)
    response = client.post(path, follow=True)
    assert "Tusen takk!" in text(response)
    for service in services:
        service.refresh_from_db()
        assert service.assured_date == scenes.today()
    assert not Asking.objects.exists()
    assert "Vi spør igjen" in text(response)


def test_a_letters_button_leads_to_one_page_with_one_button(client: Client) -> None:
    service = scenes.due()
    page = text(client.get(f"{page_of(service)}{service.pk}/?svar=riktig"))
    assert page.count('name="svar"') == 1
    assert "Ja, det er fortsatt riktig" in page


def test_pressing_still_right_confirms_that_entry_and_no_other(client: Client) -> None:
    one, other = scenes.due("Temakafé"), scenes.due("Turgruppe")
    path = page_of(one, other)
    client.post(f"{path}{one.pk}/", {"svar": "riktig"})
    assert Confirmation.objects.get().service == one
    other.refresh_from_db()
    assert other.assured_date != scenes.today()


def test_pressing_twice_is_harmless(client: Client) -> None:
    service = scenes.due()
    path = f"{page_of(service)}{service.pk}/"
    for answer in ("riktig", "riktig", "slutt", "slutt"):
        assert client.post(path, {"svar": answer}, follow=True).status_code == 200
    assert Confirmation.objects.count() == 2


def test_no_longer_offered_ends_it_at_once(client: Client) -> None:
    service = scenes.due()
    response = client.post(f"{page_of(service)}{service.pk}/", {"svar": "slutt"}, follow=True)
    service.refresh_from_db()
    assert service.status == ServiceStatus.DEFUNCT
    assert service.confirm_due_on is None
    assert "Vi viser det ikke lenger" in text(response)


def test_no_longer_offered_can_name_the_last_day(client: Client) -> None:
    service = scenes.due()
    last = scenes.today() + timedelta(days=30)
    given = {"svar": "slutt", "siste_dag": last.strftime("%d.%m.%Y")}
    client.post(f"{page_of(service)}{service.pk}/", given)
    service.refresh_from_db()
    assert (service.status, service.end_on) == (ServiceStatus.ACTIVE, last)


def test_a_day_that_is_none_is_said_at_the_field(client: Client) -> None:
    service = scenes.due()
    given = {"svar": "slutt", "siste_dag": "i sommer"}
    response = client.post(f"{page_of(service)}{service.pk}/", given)
    assert "Skriv datoen slik: 24.12.2026." in text(response)
    assert not Confirmation.objects.exists()


def test_an_answer_can_be_taken_back_from_the_same_letter(client: Client) -> None:
    service = scenes.due(status=ServiceStatus.TEMPORARILY_CLOSED)
    path = f"{page_of(service)}{service.pk}/"
    client.post(path, {"svar": "slutt"})
    assert client.get(path).status_code == 200
    client.post(path, {"svar": "riktig"})
    service.refresh_from_db()
    assert service.status == ServiceStatus.TEMPORARILY_CLOSED
    assert service.assured_date == scenes.today()
    assert EnquiredService.objects.get().answer == Answer.STILL_RIGHT


def test_a_keeper_cannot_bring_back_what_an_editor_ended(client: Client) -> None:
    service = scenes.due()
    path = f"{page_of(service)}{service.pk}/"
    Service.objects.update(status=ServiceStatus.DEFUNCT)
    assert client.post(path, {"svar": "riktig"}).status_code == 404
    assert not Confirmation.objects.exists()


def test_where_the_region_wants_to_look_first_the_end_waits_for_an_editor(client: Client) -> None:
    make.region(keeper_changes_go_live=False)
    owner = make.organization(municipality=make.municipality())
    service = scenes.due(organization=owner)
    path = f"{page_of(service)}{service.pk}/"
    response = client.post(path, {"svar": "slutt"}, follow=True)
    service.refresh_from_db()
    assert service.status == ServiceStatus.ACTIVE
    waiting = Suggestion.objects.get()
    assert waiting.document
    assert (waiting.kind, waiting.document["status"]) == (SuggestionKind.CHANGE, "defunct")
    assert waiting.email == scenes.PROVIDER
    assert "En redaktør ser på det først." in text(response)
    client.post(path, {"svar": "riktig"})
    assert not Suggestion.objects.exists()


def test_what_an_editor_ended_on_a_keepers_word_is_the_editors_to_bring_back(
    client: Client,
) -> None:
    region = make.region(keeper_changes_go_live=False)
    service = scenes.due(organization=make.organization(municipality=make.municipality()))
    path = f"{page_of(service)}{service.pk}/"
    client.post(path, {"svar": "slutt"})
    kari = people.person()
    people.role(kari, RoleKind.REGION_EDITOR, region=region)
    suggestions.accept(Suggestion.objects.get(), by=kari)
    client.post(path, {"svar": "riktig"})
    service.refresh_from_db()
    assert service.status == ServiceStatus.DEFUNCT
    waiting = Suggestion.objects.get(state="waiting")
    assert waiting.document
    assert waiting.document["status"] == ServiceStatus.ACTIVE


def test_the_trail_says_that_a_keeper_answered(client: Client) -> None:
    service = scenes.due()
    client.post(f"{page_of(service)}{service.pk}/", {"svar": "riktig"})
    event = AuditEvent.objects.get(action="service.confirmed")
    assert (event.actor, event.details["by"]) == (None, "keeper")


@pytest.mark.parametrize("prefix", ["/nn", "/en"])
def test_the_pages_are_in_the_readers_language(client: Client, prefix: str) -> None:
    service = scenes.due()
    page = text(client.get(prefix + page_of(service)))
    assert {"/nn": "Stemmer dette framleis?", "/en": "Is this still right?"}[prefix] in page
    answered = client.post(f"{prefix}{page_of_again()}{service.pk}/", {"svar": "riktig"})
    assert answered["Location"].startswith(f"{prefix}/bekreft/")


def page_of_again() -> str:
    """The path of the only letter."""
    return urlsplit(tokens.address_of(Enquiry.objects.get())).path


def test_no_page_of_a_letter_is_kept_or_indexed_or_told_to_others(client: Client) -> None:
    service = scenes.due()
    path = page_of(service)
    for address in (path, f"{path}{service.pk}/", f"{path}takk/", "/bekreft/tull/"):
        response = client.get(address)
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert "no-store" in response["Cache-Control"]


# -- links that do not work -----------------------------------------------------------------------


def test_forged_unknown_and_old_links_get_the_same_page(client: Client) -> None:
    path = page_of(scenes.due())
    token = path.split("/")[2]
    unknown = tokens.token_of(Enquiry())
    Enquiry.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    pages = set()
    for each in (token, unknown, f"{token[:-1]}x", "tull"):
        response = client.get(f"/bekreft/{each}/")
        assert response.status_code == 404
        pages.add(text(response).replace(each, "…"))
    assert len(pages) == 1
    assert "Send meg et nytt brev" in pages.pop()


def test_an_old_link_answers_nothing(client: Client) -> None:
    service = scenes.due()
    path = page_of(service)
    Enquiry.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(path).status_code == 404
    assert client.post(f"{path}{service.pk}/", {"svar": "riktig"}).status_code == 404
    assert client.post(f"{path}{service.pk}/endre/", {"do": "save"}).status_code == 404
    assert not Confirmation.objects.exists()


def test_a_letter_answers_for_its_own_entries_only(client: Client) -> None:
    mine, other = scenes.due("Mitt"), scenes.due("Annet", assurer_email="andre@vang.example")
    path = page_of(mine)
    for address in (f"{path}{other.pk}/", f"{path}{other.pk}/endre/"):
        assert client.get(address).status_code == 404
        given = {"svar": "riktig", "do": "save"}
        assert client.post(address, given).status_code == 404
    assert not Confirmation.objects.exists()


def test_a_letter_says_nothing_any_more_when_somebody_else_keeps_the_entry(client: Client) -> None:
    service = scenes.due()
    path = page_of(service)
    Service.objects.update(keeper=people.person())
    assert client.get(path).status_code == 404
    assert client.post(f"{path}{service.pk}/", {"svar": "riktig"}).status_code == 404


def test_an_editors_letter_works_while_they_are_an_editor(client: Client) -> None:
    unit = make.organization()
    kari = scenes.editor(unit)
    service = scenes.due(organization=unit, assurer_email="")
    path = page_of(service, email=kari.email)
    assert client.get(path).status_code == 200
    kari.roles.all().delete()
    assert client.post(f"{path}{service.pk}/", {"svar": "riktig"}).status_code == 404


def test_a_new_letter_goes_to_the_old_address_once_a_day(client: Client) -> None:
    path = page_of(scenes.due())
    old = timezone.now() - timedelta(days=61)
    Enquiry.objects.update(made_at=old, expires_at=old + timedelta(days=60))
    for _press in range(3):
        response = client.post(f"{path}nytt/", {"to": "tyv@annet.example"})
        assert "Se i innboksen din" in text(response)
    assert Letter.objects.count() == 2
    assert {letter.to for letter in Letter.objects.all()} == {scenes.PROVIDER}


def test_asking_for_a_new_letter_with_a_forged_link_says_the_same_and_sends_nothing(
    client: Client,
) -> None:
    real = text(client.post(f"{page_of(scenes.due())}nytt/"))
    assert text(client.post("/bekreft/tull/nytt/")).replace("tull", "") == real.replace(
        page_of_again().split("/")[2], ""
    )
    assert Letter.objects.count() == 1
