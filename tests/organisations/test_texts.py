"""Which language a reader gets."""

import pytest

from samtun.organisations.models import Organization
from samtun.organisations.texts import Text, in_language, text_of


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        ("nn", Text("Avlasting", "nn")),
        ("en", Text("Respite", "en")),
        ("se", Text("Avlastning", "nb")),
    ],
)
def test_a_reader_gets_their_own_language_where_it_exists(reader: str, expected: Text) -> None:
    texts = {"nb": "Avlastning", "nn": "Avlasting", "en": "Respite"}
    assert in_language(texts, reader) == expected


def test_a_reader_of_one_norwegian_form_gets_the_other_before_english() -> None:
    assert in_language({"en": "Respite", "nb": "Avlastning"}, "nn", original="en").language == "nb"


def test_a_reader_of_english_gets_the_original_when_there_is_no_english() -> None:
    assert (
        in_language({"nn": "Avlasting", "nb": "Avlastning"}, "en", original="nn").language == "nn"
    )


def test_nothing_gives_an_empty_text() -> None:
    assert in_language({}, "nb") == Text("", "nb")


def test_an_empty_translation_is_no_translation() -> None:
    row = {"language": "nn", "name": "Avlasting", "translations": {"nb": {"name": ""}}}
    assert text_of(row, "name", "nb") == Text("Avlasting", "nn")


def test_a_model_tells_which_language_its_text_is_in() -> None:
    office = Organization(name="Kontoret", translations={"en": {"name": "The office"}})
    assert office.text("name", "en") == Text("The office", "en")
    assert office.text("name", "nb") == Text("Kontoret", "nb")
