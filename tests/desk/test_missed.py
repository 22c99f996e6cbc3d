"""The region's editors see what people search for in vain, from the third time."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from samtun.directory.models import MissedSearch
from samtun.organisations.models import Region
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
LIST = "/skrivebord/sok-uten-svar/"


@pytest.fixture
def valdres() -> Region:
    """Where people search."""
    return make.region("valdres")


def editor(region: Region, kind: RoleKind = RoleKind.REGION_EDITOR) -> User:
    """Somebody with a role for the region."""
    made = people.person()
    people.role(made, kind, region=region)
    return made


def searched(region: Region, words: str, times: int = 3) -> MissedSearch:
    """It was searched for so many times."""
    return MissedSearch.objects.create(
        region=region, words=words, digest=words, count=times, last_on=timezone.localdate()
    )


def test_words_are_shown_from_the_third_time(valdres: Region) -> None:
    searched(valdres, "sorggruppe")
    searched(valdres, "hemmelig", times=2)
    page = people.signed_in(editor(valdres)).get(LIST).content.decode()
    assert "sorggruppe" in page
    assert "/valdres/sok/?q=sorggruppe" in page
    assert "hemmelig" not in page


def test_editor_of_another_region_and_leader_see_and_settle_nothing(valdres: Region) -> None:
    row = searched(valdres, "sorggruppe")
    nils = editor(make.region("hallingdal", make.municipality("3330", "Ål")))
    browser = people.signed_in(nils)
    assert "sorggruppe" not in browser.get(LIST).content.decode()
    assert browser.post(reverse("desk:missed_seen_to", args=[row.pk])).status_code == 404
    leader = people.signed_in(editor(valdres, RoleKind.LEADER))
    assert leader.get(LIST).status_code == 404
    assert not MissedSearch.objects.get().is_settled


def test_what_is_seen_to_is_not_shown_again(valdres: Region) -> None:
    row = searched(valdres, "sorggruppe")
    browser = people.signed_in(editor(valdres))
    assert browser.post(reverse("desk:missed_seen_to", args=[row.pk])).status_code == 302
    browser.get(LIST)
    assert "sorggruppe" not in browser.get(LIST).content.decode()


def test_hostile_words_are_only_words(valdres: Region) -> None:
    searched(valdres, "<script>alert(1)</script>&q=x")
    page = people.signed_in(editor(valdres)).get(LIST).content.decode()
    assert "<script>alert" not in page
    assert "q=%3Cscript%3E" in page


def test_list_reads_the_same_number_of_times_for_one_and_for_thirty(
    valdres: Region,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    searched(valdres, "sorggruppe")
    browser = people.signed_in(editor(valdres))
    browser.get(LIST)
    with django_assert_num_queries(7):
        browser.get(LIST)
    for number in range(29):
        searched(valdres, f"ord {number}")
    with django_assert_num_queries(7):
        browser.get(LIST)
