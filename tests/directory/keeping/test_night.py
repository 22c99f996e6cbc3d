"""The night's round: one letter to each keeper, patience, and no letter twice."""

import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from samtun.directory.enums import AskingStage, ServiceStatus, SuggestionKind
from samtun.directory.keeping import letters as composing
from samtun.directory.keeping import night
from samtun.directory.models import Asking, EnquiredService, Enquiry, Service, Suggestion
from samtun.mail.letters import Draft
from samtun.mail.models import BouncedAddress, Letter
from tests.directory.keeping import scenes
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def tonight() -> night.Round:
    """The round of this night."""
    return night.night(scenes.today())


def test_a_keeper_gets_one_letter_for_all_entries_that_are_due() -> None:
    scenes.due("Temakafé")
    scenes.due("Turgruppe", assurer_email=scenes.PROVIDER.upper())
    scenes.due("Leksehjelp", assurer_email="skole@vang.example")
    assert tonight().letters == 2
    letter = Letter.objects.get(to__iexact=scenes.PROVIDER)
    assert letter.subject == "Er disse 2 tilbudene fortsatt riktige?"
    assert "Temakafé" in letter.text
    assert "Turgruppe" in letter.text
    assert "Leksehjelp" not in letter.text
    assert set(scenes.stages().values()) == {AskingStage.ASKED}


def test_a_letter_has_three_buttons_for_each_entry_and_one_for_all() -> None:
    services = [scenes.due("Temakafé"), scenes.due("Turgruppe")]
    tonight()
    text = scenes.letters()[0].text
    addresses = re.findall(r"http\S+", text)
    assert len(addresses) == 1 + 2 * 3
    assert addresses[0].endswith("/?svar=riktig")
    for service in services:
        assert len([one for one in addresses if str(service.pk) in one]) == 3
    for said in (
        "Alle disse er fortsatt riktige",
        "Fortsatt riktig",
        "Endre",
        "Tilbys ikke lenger",
    ):
        assert said in text


def test_a_letter_is_in_the_language_of_its_reader() -> None:
    scenes.due(keeper=people.person(language="nn"))
    scenes.due(assurer_email="post@vang.example", organization=make.organization(language="en"))
    tonight()
    assert {letter.language: letter.subject[:11] for letter in scenes.letters()} == {
        "nn": "Stemmer det", "en": "Is this sti",
    }  # fmt: skip


def test_what_is_due_within_a_fortnight_comes_along_but_makes_no_letter_by_itself() -> None:
    scenes.due("Snart", days=-10)
    assert tonight().letters == 0
    scenes.due("Nå")
    scenes.due("Om en måned", days=-30)
    assert tonight().letters == 1
    assert set(scenes.stages()) == {"Snart", "Nå"}


@pytest.mark.parametrize("status", [ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT])
def test_nobody_is_asked_about_what_is_not_public(status: ServiceStatus) -> None:
    scenes.due(status=status)
    assert tonight() == night.Round()


def test_nobody_is_asked_while_an_editor_looks_at_their_change() -> None:
    service = scenes.due()
    region = make.region()
    Suggestion.objects.create(kind=SuggestionKind.CHANGE, service=service, region=region)
    assert tonight() == night.Round()


def test_a_second_round_the_same_night_does_nothing() -> None:
    scenes.due()
    unit = make.organization()
    scenes.editor(unit)
    scenes.due("Uten noen", assurer_email="", organization=unit)
    tonight()
    before = (Letter.objects.count(), scenes.stages())
    assert tonight() == night.Round()
    assert (Letter.objects.count(), scenes.stages()) == before


def test_a_round_that_was_cut_off_is_finished_by_the_next_and_nobody_is_asked_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(5):
        scenes.due(f"Tilbud {number}", assurer_email=f"post{number}@huset.example")
    monkeypatch.setattr(night, "_LETTERS", 2)
    composed: list[Enquiry] = []
    compose = composing.letter_about

    def cut_off(enquiry: Enquiry, services: list[Service], stage: AskingStage) -> Draft:
        if len(composed) == 3:
            raise KeyboardInterrupt
        composed.append(enquiry)
        return compose(enquiry, services, stage)

    monkeypatch.setattr(composing, "letter_about", cut_off)
    with pytest.raises(KeyboardInterrupt):
        tonight()
    assert Letter.objects.count() == Enquiry.objects.count() == Asking.objects.count() == 2
    monkeypatch.setattr(composing, "letter_about", compose)
    tonight()
    assert sorted(letter.to for letter in scenes.letters()) == [
        f"post{number}@huset.example" for number in range(5)
    ]


def test_a_reminder_comes_after_a_fortnight_and_not_before() -> None:
    early, late = scenes.due("Tidlig", days=14), scenes.due("Sen", days=13)
    scenes.asked(early, AskingStage.ASKED, days=14)
    scenes.asked(late, AskingStage.ASKED, days=13)
    assert tonight().letters == 1
    letter = scenes.letters()[0]
    assert "Vi spurte for to uker siden" in letter.text
    assert "Sen" not in letter.text
    assert scenes.stages() == {"Tidlig": AskingStage.REMINDED, "Sen": AskingStage.ASKED}


def test_a_reminder_and_a_first_question_to_the_same_keeper_are_one_letter() -> None:
    scenes.asked(scenes.due("Spurt før"), AskingStage.ASKED, days=20)
    scenes.due("Ny")
    assert tonight().letters == 1
    assert scenes.stages() == {"Spurt før": AskingStage.REMINDED, "Ny": AskingStage.ASKED}


def test_then_the_editors_of_the_organisation_above_are_asked_in_one_letter_each() -> None:
    parent = make.organization()
    unit = make.organization(parent_organization=parent)
    kari = scenes.editor(parent)
    scenes.editor(make.organization())
    for name in ("Temakafé", "Turgruppe"):
        scenes.asked(scenes.due(name, organization=unit), AskingStage.REMINDED, days=14)
    assert tonight() == night.Round(letters_to_editors=1)
    assert scenes.letters()[0].to == kari.email
    assert EnquiredService.objects.filter(enquiry__person=kari).count() == 2
    assert set(scenes.stages().values()) == {AskingStage.ESCALATED}


def test_without_an_editor_the_regions_desk_has_it_at_once() -> None:
    scenes.asked(scenes.due(), AskingStage.REMINDED, days=14)
    assert tonight() == night.Round(to_the_desk=1)
    assert scenes.stages() == {"Temakafé": AskingStage.DESK}


def test_the_desk_has_it_when_editors_are_silent_too() -> None:
    unit = make.organization()
    scenes.editor(unit)
    scenes.asked(scenes.due(organization=unit), AskingStage.ESCALATED, days=14)
    assert tonight() == night.Round(to_the_desk=1)


def test_an_editor_who_keeps_the_entry_is_not_asked_a_third_time() -> None:
    unit = make.organization()
    kari = scenes.editor(unit)
    scenes.asked(scenes.due(organization=unit, keeper=kari), AskingStage.REMINDED, days=14)
    assert tonight() == night.Round(to_the_desk=1)


def test_an_editor_who_was_left_out_when_a_round_was_cut_off_is_asked_the_day_after() -> None:
    unit = make.organization()
    first = scenes.editor(unit)
    scenes.due(organization=unit, assurer_email="")
    tonight()
    second = scenes.editor(unit)
    scenes.a_day_passes()
    assert tonight().letters_to_editors == 1
    assert [letter.to for letter in scenes.letters()] == [first.email, second.email]


@pytest.mark.parametrize("address", ["", scenes.PROVIDER, "ingen adresse"])
def test_where_no_letter_can_arrive_the_editors_are_asked_the_same_night(address: str) -> None:
    BouncedAddress.objects.create(address=scenes.PROVIDER)
    unit = make.organization()
    kari = scenes.editor(unit)
    scenes.due(organization=unit, assurer_email=address)
    assert tonight() == night.Round(letters_to_editors=1)
    assert scenes.letters()[0].to == kari.email


def test_a_keeper_who_left_is_not_written_to() -> None:
    gone = people.person(is_active=False)
    scenes.due(keeper=gone, assurer_email="")
    assert tonight() == night.Round(to_the_desk=1)


def test_what_was_confirmed_in_another_way_is_no_longer_asked_about() -> None:
    service = scenes.due()
    scenes.asked(service, AskingStage.ASKED, days=20)
    Service.objects.update(confirm_due_on=scenes.today() + timedelta(days=180))
    assert tonight() == night.Round()
    assert not Asking.objects.exists()


def test_a_whole_spring_of_silence() -> None:
    unit = make.organization()
    scenes.editor(unit)
    scenes.due(organization=unit)
    seen = []
    for _day in range(60):
        tonight()
        seen.append(scenes.stages()["Temakafé"])
        scenes.a_day_passes()
    assert [seen.index(stage) for stage in AskingStage.values] == [0, 14, 28, 42]
    assert len(scenes.letters()) == 3


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_grows_with_letters_and_not_with_entries(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        scenes.due(f"Tilbud {number}")
    with django_assert_max_num_queries(30):
        assert tonight().letters == 1


def test_a_keeper_of_very_many_entries_gets_the_rest_another_night(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(night, "MOST_ENTRIES", 2)
    for number in range(3):
        scenes.due(f"Tilbud {number}")
    tonight()
    assert len(scenes.stages()) == 2
    tonight()
    assert len(scenes.stages()) == 3


def test_pages_of_addresses_that_are_cut_off_lose_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(night, "_ROWS", 3)
    for number in range(8):
        scenes.due(f"Tilbud {number}", assurer_email=f"post{number // 2}@huset.example")
    assert tonight().letters == 4
    assert len(scenes.stages()) == 8
