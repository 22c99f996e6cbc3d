"""What is read out of a question."""

from pathlib import Path

import pytest

from samtun.search import Entry, EntryText, Index, Vocabulary, understand
from samtun.search.ages import ages_in
from tests.search import corpus


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("gutt 14 år", (14,)),
        ("for åtteåringen", (8,)),
        ("my 12 year old", (12,)),
        ("12åring", (12,)),
        ("jeg er 15", (15,)),
        ("ring 11 61 11", ()),
        ("mor på 82 år", (82,)),
    ],
)
def test_ages_are_recognised(text: str, ages: tuple[int, ...]) -> None:
    assert ages_in(text.split()) == ages


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("møteplass i Vang", "3454"),
        ("temakafe fagernes", "3451"),
        ("hjelp 2900", "3451"),
        ("helsestasjon Kárášjohka", "5610"),
        ("nord-aurdal sykehjem", "3451"),
    ],
)
def test_places_are_recognised(vocabulary: Vocabulary, text: str, number: str) -> None:
    (place,) = understand(text, vocabulary).places
    assert number in place.municipalities


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("avlastnig", "avlast"),
        ("demmens", "demens"),
        ("omsorgslønnn", "omsorgslønn"),
        ("parorende", "pårørende"),
        ("støttekontat", "støttekontakt"),
        ("psykjatrisk", "psykiatrisk"),
    ],
)
def test_misspelt_words_are_corrected(vocabulary: Vocabulary, text: str, corrected: str) -> None:
    (right,) = understand(text, vocabulary).corrections.values()
    assert right.startswith(corrected)


@pytest.mark.parametrize("text", ["bil", "hvordan", "Bjørnstjerne", "ål", "xq"])
def test_other_words_are_left_alone(vocabulary: Vocabulary, text: str) -> None:
    assert not understand(text, vocabulary).corrections


def test_a_child_is_recognised(vocabulary: Vocabulary) -> None:
    assert understand("jeg er 11 år og pappa drikker", vocabulary).from_child
    assert not understand("mannen min drikker", vocabulary).from_child


def test_ways_of_meeting_price_and_hurry_are_recognised(vocabulary: Vocabulary) -> None:
    meant = understand("gratis hjelp på telefon, det haster", vocabulary)
    assert meant.free
    assert meant.urgent
    assert meant.meeting == {"phone"}


def test_not_urgent_is_not_urgent(vocabulary: Vocabulary) -> None:
    assert not understand("ikke akutt", vocabulary).urgent


def test_english_is_recognised(vocabulary: Vocabulary) -> None:
    assert understand("respite care for my mother", vocabulary).language == "en"
    assert understand("avlastning for mor", vocabulary).language == "nb"


def test_an_installation_adds_its_own_words(vocabulary: Vocabulary) -> None:
    extended = vocabulary.with_thesaurus(rows=[("låvemøte", "", "moteplass-voksne")])
    assert "moteplass-voksne" in understand("låvemøtet", extended).needs
    assert "moteplass-voksne" not in understand("låvemøtet", vocabulary).needs


def test_words_that_only_offers_use_still_point_to_their_need(tmp_path: Path) -> None:
    entry = Entry("gondol", {"nb": EntryText("Gondolen")}, needs=("sykehjem",))
    index = Index.rebuild(tmp_path, [entry], corpus.vocabulary())
    assert "sykehjem" in index.understand("gondol").needs


def test_a_vague_worry_about_somebody_close_leads_to_a_person(vocabulary: Vocabulary) -> None:
    assert "parorendekoordinator" in understand("det er noe med mannen min", vocabulary).needs
