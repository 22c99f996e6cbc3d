"""Draft → published → archived, by hand and on dates; a draft is nowhere for the public."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samtun.directory import finding, hsds
from samtun.directory.editing import actions
from samtun.directory.editing.document import empty
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Listing, Service
from samtun.people.models import AuditEvent, User
from samtun.search import Query
from tests.directory.editing import scenes
from tests.factories import directory as make
from tests.front import scenes as front

pytestmark = pytest.mark.django_db
SECRET = "Ugleklubben Hubrofossen"
TODAY = date(2026, 6, 15)


def draft(by: User, **fields: Any) -> Service:  # noqa: ANN401
    """A new offer that says the secret words everywhere a text can stand."""
    number = make.municipality()
    document: dict[str, Any] = {**empty(str(make.organization().pk)), "covers": [number.number]}
    document |= {"needs": [make.term("moteplass").code], "keywords": [SECRET]} | fields
    texts = document["texts"]["nb"]
    texts |= dict.fromkeys(("name", "summary", "description", "alert"), SECRET)
    document["places"] = [{"name": SECRET}]
    return actions.save(document=document, by=by)


PAGES = (
    "/valdres/", "/valdres/sok/?q=hubrofossen", "/valdres/sok/", "/valdres/sok/kart.json",
    "/sitemap.xml", "/sitemap-valdres-1.xml", "/api/hsds/v3/services",
    "/api/hsds/v3/services/{id}", "/valdres/tilbud/{slug}/", "/valdres/liste/?t={slug}",
    "/valdres/barn-og-unge/", "/api/hsds/v3/organizations/{organization}",
    "/api/hsds/v3/service_at_locations",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_draft_is_on_no_public_page(page: str, client: Client) -> None:
    front.valdres()
    front.offer("Temakafé", "temakafe")
    service = draft(scenes.administrator(), is_for_children=True)
    finding.rebuild()
    address = page.format(id=service.pk, slug=service.slug, organization=service.organization_id)
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert "gleklubben" not in body.decode().replace(service.slug, "")
    published = actions.publish(service, by=None)
    assert Listing.objects.filter(service=published).exists()


def page_and_nothing(client: Client, service: Service) -> tuple[bytes, bytes]:
    """What its address answers, and what an address answers where nothing is."""
    page = client.get(f"/valdres/tilbud/{service.slug}/")
    nothing = client.get("/valdres/tilbud/finnes-ikke/")
    assert (page.status_code, nothing.status_code) == (404, 404)
    return page.content, nothing.content.replace(b"finnes-ikke", service.slug.encode())


def test_a_draft_has_no_paper_and_looks_like_nothing(client: Client) -> None:
    front.valdres()
    service = draft(scenes.administrator())
    page, nothing = page_and_nothing(client, service)
    assert page == nothing
    assert client.get(f"/valdres/tilbud/{service.slug}/pdf/").status_code == 404


def test_what_was_archived_before_anybody_saw_it_looks_like_nothing(client: Client) -> None:
    front.valdres()
    anne = scenes.administrator()
    service = actions.archive(draft(anne), by=anne)
    finding.rebuild()
    page, nothing = page_and_nothing(client, service)
    assert page == nothing
    reopened = actions.archive(actions.reopen(service, by=anne), by=anne)
    page, nothing = page_and_nothing(client, reopened)
    assert page == nothing


@pytest.mark.parametrize("status", ["active", "temporarily closed"])
def test_what_was_public_is_told_about_when_it_is_archived(client: Client, status: str) -> None:
    front.valdres()
    anne = scenes.administrator()
    service = scenes.edit(draft(anne), by=anne, status=status)
    service = actions.archive(service, by=anne)
    page, nothing = page_and_nothing(client, service)
    assert SECRET in page.decode()
    assert SECRET not in nothing.decode()
    reopened = actions.reopen(service, by=anne)
    page, nothing = page_and_nothing(client, reopened)
    assert page == nothing


def test_what_a_source_ended_is_told_about(client: Client) -> None:
    front.valdres()
    front.offer("Sangkoret", "sangkoret", status="defunct")
    assert "Sangkoret" in client.get("/valdres/tilbud/sangkoret/").content.decode()


def test_a_draft_is_in_no_list_index_or_export(
    django_capture_on_commit_callbacks: Any,  # noqa: ANN401
) -> None:
    front.valdres()
    service = draft(scenes.administrator())
    finding.rebuild()
    assert not Listing.objects.exists()
    assert finding.ids_of(finding.find(Query(text="hubrofossen")).results) == []
    assert service not in hsds.public.services()
    assert service.confirm_due_on is None
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(service, by=None)
    assert finding.ids_of(finding.find(Query(text="hubrofossen")).results) == [service.pk]


def test_an_offer_that_is_public_from_the_start_is_listed_found_and_due(
    django_capture_on_commit_callbacks: Any,  # noqa: ANN401
) -> None:
    front.valdres()
    with django_capture_on_commit_callbacks(execute=True):
        service = draft(scenes.administrator(), status="active")
    assert Listing.objects.filter(service=service).exists()
    assert finding.ids_of(finding.find(Query(text="hubrofossen")).results) == [service.pk]
    assert service.confirm_due_on == timezone.localdate()


def test_a_new_offer_has_an_address_of_its_own_that_stays() -> None:
    anne = scenes.administrator()
    one, other = draft(anne), draft(anne)
    assert one.slug == "ugleklubben-hubrofossen"
    assert other.slug.startswith("ugleklubben-hubrofossen-")
    renamed = scenes.edit(actions.publish(one, by=anne), texts_nb_name="Noe annet")
    assert renamed.slug == "ugleklubben-hubrofossen"


def test_publish_archive_reopen() -> None:
    anne = scenes.administrator()
    service = actions.publish(draft(anne), by=anne)
    assert (service.status, service.confirm_due_on) == ("active", timezone.localdate())
    service = actions.archive(service, by=anne)
    assert (service.status, service.confirm_due_on) == ("defunct", None)
    assert not Listing.objects.filter(service=service).exists()
    assert actions.reopen(service, by=anne).status == "inactive"
    events = AuditEvent.objects.filter(object_id=str(service.pk)).order_by("pk")
    assert [event.action for event in events] == [
        "service.added",
        "service.published",
        "service.archived",
        "service.reopened",
    ]


def test_publishing_what_is_public_leaves_no_trace() -> None:
    service = make.service(status="temporarily closed")
    actions.publish(service, by=None)
    assert not service.versions.exists()


def test_dates_publish_and_end_once() -> None:
    anne = scenes.administrator()
    coming = draft(anne, publish_on="2026-06-15")
    later = draft(anne, publish_on="2026-06-16")
    over = actions.publish(draft(anne, end_on="2026-06-14"), by=anne)
    last_day = actions.publish(draft(anne, end_on="2026-06-15"), by=anne)
    assert actions.apply_dates(TODAY) == 2
    assert actions.apply_dates(TODAY) == 0
    found = {one.pk: one.status for one in Service.objects.all()}
    assert [found[one.pk] for one in (coming, later, over, last_day)] == [
        "active",
        "inactive",
        "defunct",
        "active",
    ]
    assert [one.reason for one in coming.versions.order_by("number")] == ["edited", "date"]
    assert Listing.objects.filter(service=coming).exists()
    event = AuditEvent.objects.filter(object_id=str(over.pk)).latest("pk")
    assert (event.action, event.actor_id, event.details["by"]) == (
        "service.archived",
        None,
        "night",
    )


def test_a_date_that_was_acted_on_does_not_come_back() -> None:
    anne = scenes.administrator()
    service = draft(anne, publish_on="2026-06-15")
    actions.apply_dates(TODAY)
    scenes.edit(service, status="inactive")
    assert actions.apply_dates(TODAY + timedelta(days=1)) == 0
    assert document_of(Service.objects.get(pk=service.pk))["publish_on"] is None


def test_a_draft_whose_last_day_has_passed_is_never_published() -> None:
    service = draft(scenes.administrator(), publish_on="2026-06-01", end_on="2026-06-02")
    actions.apply_dates(TODAY)
    assert Service.objects.get(pk=service.pk).status == "defunct"


def test_an_old_fault_does_not_stop_a_date() -> None:
    service = make.service(
        status="inactive", url="ftp://gammel.example", publish_on=date(2026, 6, 1)
    )
    assert actions.apply_dates(TODAY) == 1
    service.refresh_from_db()
    assert (service.status, service.url) == ("active", "ftp://gammel.example")
