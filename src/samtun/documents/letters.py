"""Makes any text drawable: PDF/UA forbids a letter that no font of the document has."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

# What Libertinus Serif and DejaVu Sans Mono, which come with Typst, cover without a hole: Latin
# with every Sami letter, Greek, Cyrillic, Hebrew, Arabic, punctuation, currencies, signs.
_COVERED = (
    "20-7e a1-ac ae-377 37a-37f 384-38a 38c 38e-3a1 3a3-484 487-4ff 510-513 531-556 559-58a "
    "591-5c7 5d0-5ea 5f0-5f4 60c 61b 61f 621-63a 640-64a 660-66d 674 679-67b 67e-680 686-687 "
    "691 698 6a4 6a9 6af 6be 6cc 6f0-6f9 1e00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 "
    "2010-2027 2030-2040 2044-2052 2070-2071 2074-208e 20a0-20c0 2100-211e 2120 2122 2126 "
    "212a-212b 2150-2151 2153-2184 2190-21ff 2200-22ff 2500-25ff 2600-2604 260e 2610-2612 "
    "2639-263a 2660-2667 2713-2714 2717-2718 fb00-fb04"
)
_MISSING = "□"
_WHITE = re.compile(r"[\t\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u202f\u205f\u3000]")
_PARAGRAPH_ENDS = re.compile(r"\r\n?|\u2029")
# Longer than any word of the language; hyphenation takes care of those.
_LONG_WORD = re.compile(r"\S{46,}")
_PIECE = 24
BREAK_HERE = "\u200b"


def _covered() -> frozenset[int]:
    codes: set[int] = {0x0A}
    for span in _COVERED.split():
        first, _, last = span.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)


DRAWABLE = _covered()


def _drawn(character: str) -> str:
    """`character`, or what stands in for it: signs and controls go, letters leave a box."""
    if ord(character) in DRAWABLE:
        return character
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(ord(one) in DRAWABLE for one in plain):
        return plain
    return _MISSING if unicodedata.category(character)[0] in "LN" else ""


def _with_breaks(match: re.Match[str]) -> str:
    word = match[0]
    return BREAK_HERE.join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))


def drawable(text: str) -> str:
    """`text` with only letters the fonts have, and room for a line break in endless words.

    Emoji, control and direction characters are left out; a letter of a script that is not
    covered becomes a box, so that the reader sees that something is missing.
    """
    text = _WHITE.sub(" ", _PARAGRAPH_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    if not DRAWABLE.issuperset(map(ord, set(text))):
        text = "".join(map(_drawn, text))
    return _LONG_WORD.sub(_with_breaks, text)


def drawable_tree(value: object, *, exempt: frozenset[str]) -> object:
    """`drawable` for every text in a tree as JSON has them, except below the keys `exempt`."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {
            key: item if key in exempt else drawable_tree(item, exempt=exempt)
            for key, item in value.items()
        }
    if isinstance(value, Sequence):
        return [drawable_tree(item, exempt=exempt) for item in value]
    return value
