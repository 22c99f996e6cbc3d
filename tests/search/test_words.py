"""Stems, compounds and the tables they stand on."""

import pytest

from samtun.search.compounds import Lexicon
from samtun.search.stemming import norwegian_stem
from samtun.search.tables import packaged_table
from samtun.search.text import normalise, words
from samtun.search.thesaurus import Thesaurus, word_groups
from samtun.search.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sjukeheimen", "sykehjemmet"),
        ("avlasting", "avlastningen"),
        ("heimesjukepleie", "hjemmesykepleien"),
        ("skulehelsetenesta", "skolehelsetjenesten"),
        ("meistringskurs", "mestringskurset"),
        ("avhengigheit", "avhengighet"),
        ("mora", "mor"),
        ("parsamtalar", "parsamtaler"),
        ("tilbodet", "tilbudene"),
        ("rettleiing", "veiledningen"),
        ("søsteren", "systera"),
        ("ikkje", "ikke"),
    ],
)
def test_sister_forms_share_a_stem(one: str, other: str) -> None:
    assert norwegian_stem(one) == norwegian_stem(other)


@pytest.mark.parametrize(("one", "other"), [("farlig", "far"), ("lærer", "lære"), ("mann", "man")])
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert norwegian_stem(one) != norwegian_stem(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("avlastningsopphold", ("avlastning", "opphold")),
        ("barnevernet", ("barn", "vern")),
        ("sykehjemsplass", ("sykehjem", "plass")),
        ("samtale", ()),
        ("leverandør", ()),
    ],
)
def test_compounds_are_split(word: str, parts: tuple[str, ...]) -> None:
    lexicon = Lexicon(["sykehjem", "vern"])
    assert [norwegian_stem(part) for part in lexicon.split(word)] == [
        norwegian_stem(part) for part in parts
    ]


def test_letters_are_unified_but_stay_norwegian() -> None:
    assert words(normalise("PÅRØRENDE Café Kárášjohka a\u030apen")) == [
        "pårørende",
        "cafe",
        "karasjohka",
        "åpen",
    ]


def test_every_row_of_the_thesaurus_can_be_read() -> None:
    rows = packaged_table("thesaurus.tsv", 3)
    assert all(phrase and language in {"", "en"} and gives for phrase, language, gives in rows)
    Thesaurus.of(Vocabulary())


def test_every_group_in_the_thesaurus_exists() -> None:
    named = {
        word.strip("<>;")
        for phrase, _, _ in packaged_table("thesaurus.tsv", 3)
        for word in phrase.split()
        if word.startswith("<")
    }
    assert named <= set(word_groups())
