"""Ages in a question: "14 år", "for åtteåringen", "tenåring", "my 12-year-old"."""

import re
from collections.abc import Sequence

OLDEST = 120
_NUMBERS = {
    "ett": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8,
    "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15,
    "seksten": 16, "sytten": 17, "søtten": 17, "atten": 18, "nitten": 19, "tjue": 20,
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18,
}  # fmt: skip
_YEARS = frozenset(
    {"år", "års", "åra", "åring", "åringen", "åringa", "åringer", "åringar", "åringene", "årig"}
    | {"åringane", "årige", "year", "years", "yr", "yo"}
)
_YEARLING = re.compile(r"^(\d{1,3}|[a-zæøå]+?)(?:års?|åring\w*)$")
_I_AM = frozenset({"er", "am", "im", "is", "på"})


def ages_in(words: Sequence[str]) -> tuple[int, ...]:
    """The ages named, in order, without those nobody has."""
    found = []
    for at, word in enumerate(words):
        age = _age_at(words, at, word)
        if age is not None and age <= OLDEST and age not in found:
            found.append(age)
    return tuple(found)


def _age_at(words: Sequence[str], at: int, word: str) -> int | None:
    following = words[at + 1] if at + 1 < len(words) else ""
    number = _number(word)
    if number is not None:
        if following in _YEARS:
            return number
        alone = word.isdigit() and len(word) == 2 and at > 0 and words[at - 1] in _I_AM
        return number if alone else None
    together = _YEARLING.match(word)
    return _number(together[1]) if together else None


def _number(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) <= 3:
        return int(word)
    return _NUMBERS.get(word)
