"""How an offer will look, and settling what two have written."""

import pytest

from samtun.directory.editing.document import EMPTY_PARTS, Document, empty
from samtun.directory.editing.form_choices import Choices
from samtun.directory.editing.form_preview import Preview, hours_line
from samtun.directory.editing.form_settling import taken


def offer(**fields: object) -> Document:
    """An offer with nothing but `fields`."""
    return {**empty(), **fields}  # type: ignore[typeddict-item]  # names of fields


def part(kind: str, **fields: object) -> dict[str, object]:
    """A row with nothing but `fields`."""
    return EMPTY_PARTS[kind] | fields


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"days": ["TU"], "opens_at": "10:00", "closes_at": "14:00"}, "Tirsdag 10:00–14:00"),
        ({"words": "hver tredje uke"}, "hver tredje uke"),
        ({"description": "Etter avtale"}, "Etter avtale"),
        ({}, ""),
    ],
)
def test_hours_are_said_in_words(fields: dict[str, object], line: str) -> None:
    assert hours_line(part("hours", **fields)) == line  # type: ignore[arg-type]  # a row


def test_a_secret_address_is_not_in_the_preview() -> None:
    secret = part("places", name="Krisesenteret", address_1="Skjulveien 7", is_confidential=True)
    preview = Preview(offer(places=[secret]), Choices(), "nb")
    assert preview.places == []
    assert preview.has_secret_place


def test_links_to_elsewhere_than_the_web_are_no_links() -> None:
    preview = Preview(offer(url="javascript:alert(1)"), Choices(), "nb")
    assert preview.url == ""


def test_the_other_text_is_taken_and_nothing_else() -> None:
    mine = offer(url="https://min.example", email="jeg@example.com")
    theirs = offer(url="https://din.example", email="du@example.com")
    made = taken("url", theirs=theirs, mine=mine)
    assert (made["url"], made["email"]) == ("https://din.example", "jeg@example.com")


def test_a_row_of_the_other_is_taken_or_goes() -> None:
    mine = offer(phones=[part("phones", id="1", number="1"), part("phones", number="ny")])
    theirs = offer(phones=[part("phones", id="1", number="2")])
    numbers = [one["number"] for one in taken("phones:1", theirs=theirs, mine=mine)["phones"]]
    assert numbers == ["2", "ny"]
    gone = taken("phones:1", theirs=offer(), mine=mine)
    assert [one["number"] for one in gone["phones"]] == ["ny"]


@pytest.mark.parametrize("key", ["", "texts", "texts.xx.name", "phones", "phones:9", "__class__"])
def test_what_is_no_field_changes_nothing(key: str) -> None:
    mine = offer(phones=[part("phones", id="1", number="1")])
    assert taken(key, theirs=offer(), mine=mine) == mine
