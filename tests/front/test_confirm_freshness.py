"""What a visitor sees of silence: on the page, in lists, and in the order of what is found."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samtun import search
from samtun.directory import finding
from samtun.directory.editing import confirming
from samtun.directory.enums import Answer
from samtun.directory.models import Service
from samtun.organisations.models import Region
from tests.front import scenes

pytestmark = pytest.mark.django_db


def confirmed(name: str, days: int, **fields: Any) -> Service:  # noqa: ANN401
    """An offer that somebody confirmed so many days ago."""
    day = timezone.localdate() - timedelta(days=days)
    slug = fields.pop("slug", name.lower())
    service = scenes.offer(name, slug, assured_date=day, summary="Prat.", **fields)
    confirming.renew_due([service.pk])
    return service


def page_of(client: Client, service: Service) -> str:
    return client.get(f"/valdres/tilbud/{service.slug}/").content.decode()


@pytest.mark.parametrize(("days", "said"), [(180, "Bekreftet "), (181, "Ikke bekreftet siden ")])
def test_the_page_says_so_from_the_day_after_it_was_due(
    client: Client, days: int, said: str
) -> None:
    scenes.valdres()
    page = page_of(client, confirmed("Kafe", days))
    assert [each for each in ("Bekreftet ", "Ikke bekreftet siden ") if each in page] == [said]


def test_lists_say_the_same(client: Client) -> None:
    scenes.valdres()
    confirmed("Kafe", 200)
    finding.rebuild()
    assert "ikke bekreftet siden" in client.get("/valdres/sok/").content.decode()
    assert "ikke bekreftet siden" in client.get("/valdres/liste/?t=kafe").content.decode()


def test_what_a_region_asks_for_is_seen_at_once(client: Client) -> None:
    scenes.valdres()
    service = confirmed("Kafe", 100)
    finding.rebuild()
    assert "ikke bekreftet siden" not in client.get("/valdres/sok/").content.decode()
    service.organization.region = Region.objects.get()
    service.organization.save()
    Region.objects.update(confirm_every_days=90)
    confirming.renew_due()
    assert "ikke bekreftet siden" in client.get("/valdres/sok/").content.decode()
    assert "Ikke bekreftet siden" in page_of(client, service)


def test_a_confirmation_is_seen_at_once(client: Client) -> None:
    scenes.valdres()
    service = confirmed("Kafe", 200)
    confirming.confirm(service, answer=Answer.STILL_RIGHT, by=None)
    assert "Ikke bekreftet siden" not in page_of(client, service)


def test_of_two_equal_offers_the_one_that_was_confirmed_comes_first() -> None:
    scenes.valdres()
    silent, fresh = confirmed("Temakafe", 400), confirmed("temakafE", 5, slug="temakafe-2")
    finding.rebuild()
    assert finding.ids_of(finding.find(search.Query(text="temakafe", limit=2)).results) == [
        fresh.pk,
        silent.pk,
    ]


def test_what_fits_better_comes_first_however_silent_it_is() -> None:
    scenes.valdres()
    fits = confirmed("Leksehjelp", 2000)
    confirmed("Temakafe", 1, description="Noen får leksehjelp her.")
    finding.rebuild()
    results = finding.find(search.Query(text="leksehjelp", limit=2)).results
    assert finding.ids_of(results)[0] == fits.pk
