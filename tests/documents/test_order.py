"""Indexes stand in Norwegian order."""

import pytest

from samtun.documents.order import alphabetical, initial


def test_names_stand_as_in_a_norwegian_phone_book() -> None:
    names = ["Åpen dag", "Ærlig talt", "Øyeblikk", "Zumba", "Café", "Cafe bar", "«Angst»", "Čáhppi"]
    assert sorted(names, key=alphabetical) == [
        "«Angst»",
        "Café",
        "Cafe bar",
        "Čáhppi",
        "Zumba",
        "Ærlig talt",
        "Øyeblikk",
        "Åpen dag",
    ]


@pytest.mark.parametrize(
    ("name", "letter"), [("«åpen»", "Å"), ("Øl", "Ø"), ("énhet", "E"), ("116 117", "#"), ("", "#")]
)
def test_a_name_stands_under_its_first_letter(name: str, letter: str) -> None:
    assert initial(name) == letter
