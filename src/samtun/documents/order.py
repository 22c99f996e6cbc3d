"""Norwegian alphabetical order, for indexes."""

import unicodedata

# æ, ø and å come last; letters of neighbours stand with their Norwegian kin.
_KIN = str.maketrans(
    {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t"}
)
_SHOWN = {"{": "Æ", "|": "Ø", "}": "Å"}


def alphabetical(name: str) -> str:
    """A key that sorts names as a Norwegian phone book does; only letters and digits count."""
    letters = unicodedata.normalize("NFC", name).casefold().translate(_KIN)
    parts = unicodedata.normalize("NFKD", letters)
    return "".join(one for one in parts if one.isalnum() or one in _SHOWN or one == " ").strip()


def initial(name: str) -> str:
    """The letter that `name` stands under; "#" for digits and scripts without one."""
    first = alphabetical(name)[:1]
    return _SHOWN.get(first) or (first.upper() if "a" <= first <= "z" else "#")
