"""What an entry lacks, what a tired carer misses most first."""

from typing import Any

import pytest

from samtun.directory.editing.document import Document, empty
from samtun.directory.editing.lacks import lacks_of, lix
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


def useful(**fields: Any) -> Document:  # noqa: ANN401
    """A document that lacks nothing, with other fields."""
    document: dict[str, Any] = {**empty()}
    document["texts"]["nb"] |= {
        "name": "Temakafé",
        "summary": "En prat.",
        "description": "Kom innom for en prat og en kopp kaffe. Du møter andre.",
        "application_process": "Bare møt opp.",
    }
    document |= {"needs": ["moteplass"], "covers": ["3451"], "is_free": True}
    document |= {"meets_by_phone": True, "assurer_email": "kari@x.example"}
    document |= {"phones": [{"number": "10 00 00 00"}], "hours": [{"days": ["MO"]}]}
    return document | fields  # type: ignore[return-value]  # the same fields


def test_nothing_is_lacking_where_all_is_said() -> None:
    assert lacks_of(useful()) == []


def test_a_new_entry_lacks_all_in_order_of_use() -> None:
    assert [one.code for one in lacks_of(empty())] == [
        "reach", "next_step", "need", "coverage", "summary", "description", "meeting", "hours",
        "price", "keeper",
    ]  # fmt: skip
    assert all(one.text and one.field for one in lacks_of(empty()))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"phones": []}, "reach"),
        ({"meets_in_person": True}, "place"),
        ({"covers": []}, "coverage"),
        ({"is_free": None}, "price"),
        ({"assurer_email": ""}, "keeper"),
    ],
)
def test_one_thing_that_lacks_is_named(fields: dict[str, Any], code: str) -> None:
    assert [one.code for one in lacks_of(useful(**fields))] == [code]


def test_nynorsk_is_missed_where_it_is_written() -> None:
    make.municipality("3454", "Vang", language_form="nn")
    document = useful(covers=["3451", "3454"])
    (lack,) = lacks_of(document)
    assert (lack.code, lack.field) == ("nynorsk", "texts.nn.name")
    assert "Vang" in lack.text
    document["texts"]["nn"]["name"] = "Temakafé"
    assert lacks_of(document) == []


def test_heavy_text_is_told_of() -> None:
    heavy = "Kommunens tildelingskontor behandler søknader om avlastningstiltak " * 10
    document = useful()
    document["texts"]["nb"]["description"] = heavy
    assert [one.code for one in lacks_of(document)] == ["hard"]


def test_lix_is_words_in_a_sentence_and_long_words() -> None:
    assert lix("Kort. " * 10) == 0.0
    assert lix("Du kan ringe oss nå. " * 10) == 5.0
    assert lix("Du kan kontakte oss nå. " * 10) == 25.0
