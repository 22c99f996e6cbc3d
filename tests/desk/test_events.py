"""The list of meeting places on the desk."""

import pytest

from tests.desk.desk_scenes import scene
from tests.factories import events as happening

pytestmark = pytest.mark.django_db
LIST = "/skrivebord/moteplasser/"


def test_the_list_shows_what_is_coming() -> None:
    valdres = scene()
    happening.one_off(organization=valdres.owner, name="Temakafé i Aurdal", capacity=8)
    page = valdres.in_browser(valdres.kari).get(LIST).content.decode()
    assert "Temakafé i Aurdal" in page
    assert "0 av 8" in page or "0 of 8" in page
