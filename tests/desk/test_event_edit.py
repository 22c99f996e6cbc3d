"""Writing and changing a meeting on the desk."""

import pytest
from django.test import Client

from samtun.events.enums import EventStatus
from samtun.events.models import Event
from tests.desk.desk_scenes import Scene, scene
from tests.factories import events as happening

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
    assert kari.get(NEW).status_code == 200


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
