"""From any string to plain lower-case words. Never raises, and is bounded in time."""

import re
import unicodedata
from functools import lru_cache

LONGEST_QUERY = 400
LONGEST_WORD = 40
MOST_WORDS = 48

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ä": "æ", "ö": "ø", "đ": "d", "ŧ": "t", "ŋ": "n", "ð": "d", "œ": "ø"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def shorten(text: str, limit: int = LONGEST_QUERY) -> str:
    """The beginning of a text, cut at a space where there is one."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    return head.rsplit(" ", 1)[0] if " " in head else head


def normalise(text: str) -> str:
    """Compatibility forms unified, lower case, accents removed; å, ø and æ stay letters."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    if plain.isascii():
        return plain
    return "".join(map(_plain_letter, plain.translate(_LETTERS)))


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    if letter.isascii() or letter in "åøæ":
        return letter
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def words(text: str) -> list[str]:
    """The words and numbers of an already normalised text, in order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(text)]


def raw_words(text: str) -> list[str]:
    """The words of a text as they were typed, in step with `words(normalise(text))`."""
    if text.isascii():
        return _WORD.findall(text)
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _WORD.findall(text)
