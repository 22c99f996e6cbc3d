"""A draft may be unfinished, is shown as readers will see it, and is said in the writer's words."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext, override

from samtun.editorial.blocks import PiecesBlock
from samtun.editorial.models import ModulePage
from samtun.editorial.publication import obstacle
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import editorial, people

pytestmark = pytest.mark.django_db
# A question with one answer, and a film with nothing at all.
UNFINISHED = [
    {
        "type": "quiz",
        "id": "0b3f0f5e-0000-4000-8000-000000000001",
        "value": {
            "sectors": [],
            "quiz": "one",
            "question": "Hvem ringer du?",
            "options": [{"text": "Datteren", "is_right": True, "match": "", "feedback": ""}],
            "explanation": "",
        },
    },
    {"type": "film", "value": {"title": "", "captions": [], "sectors": [], "transcript": ""}},
]


@pytest.fixture
def centre() -> Organization:
    return make.organization(municipality=make.municipality())


@pytest.fixture
def kari(centre: Organization) -> User:
    """The editor of the centre."""
    person = people.person()
    people.role(person, RoleKind.ORGANISATION_EDITOR, organization=centre)
    return person


def draft(centre: Organization, *blocks: dict[str, Any]) -> ModulePage:
    """A module with one lesson of these blocks."""
    return editorial.module_page(centre, lessons=editorial.lessons(*blocks, title="Telefonen"))


def preview(page: ModulePage) -> str:
    """What the frame beside the form shows."""
    request = RequestFactory().get("/")
    request.user = people.person()
    return page.serve_preview(request, "").content.decode()


def test_a_draft_may_be_unfinished_but_what_is_published_may_not(centre: Organization) -> None:
    stream = PiecesBlock()
    value = stream.to_python(UNFINISHED)
    assert len(stream.clean_deferred(value)) == 2
    with pytest.raises(ValidationError):
        stream.clean(value)
    assert obstacle(draft(centre, *UNFINISHED))
    assert not obstacle(editorial.module_page(centre))


def test_the_preview_is_the_lesson_as_readers_meet_it(centre: Organization) -> None:
    shown = preview(draft(centre, *UNFINISHED))
    for said in ("Telefonen", "Hvem ringer du?", "Datteren", 'data-quiz="one"', "course.css"):
        assert said in shown


def test_the_preview_of_a_course_is_its_page(centre: Organization) -> None:
    module = editorial.module_page(centre)
    shown = preview(editorial.course_page(module, title="Om telefoner"))
    assert "Om telefoner" in shown
    assert module.title in shown
    assert "kurs.pdf" in shown


def test_an_editor_is_led_to_where_they_write(kari: User, centre: Organization) -> None:
    editorial.module_page(centre)
    shown = people.signed_in(kari).get(reverse("wagtailadmin_home")).content.decode()
    assert shown.count('href="/redaksjon/pages/add/editorial/modulepage/') == 3  # a language each
    assert "Search all pages" not in shown
    assert "guide.wagtail.org" not in shown


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_wagtail_says_is_norwegian(kari: User, language: str) -> None:
    with override(language):
        assert gettext("Search all pages…") == "Søk i alle sidene …"
    kari.language = language
    kari.save()
    editor = people.signed_in(kari)
    assert f'lang="{language}"' in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Lukk alle" in editor.get(reverse("editorial_words")).content.decode()
