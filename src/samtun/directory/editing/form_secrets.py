"""What a form for somebody without an account leaves out: secret places, with their hours.

Whoever gives the offer knows where it is, but a letter can be forwarded, and its page is open to
whoever holds it. What is left out is put back where it stood before the form is saved.
"""

from collections.abc import Iterable
from typing import TypeVar, cast

from samtun.directory.editing.document import Document, Hours

Part = TypeVar("Part")
Moved = dict[int | None, int | None]  # where each place stood, and where it stands


def has_secret_places(document: Document) -> bool:
    """Whether anything is left out."""
    return any(place["is_confidential"] for place in document["places"])


def without_secret_places(document: Document) -> Document:
    """`document` with neither secret places nor what is open there."""
    shown = [at for at, place in enumerate(document["places"]) if not place["is_confidential"]]
    moved: Moved = {None: None, **{old: new for new, old in enumerate(shown)}}
    hours = [_moved(each, moved) for each in document["hours"] if each["place"] in moved]
    places = [document["places"][at] for at in shown]
    return cast("Document", {**document, "places": places, "hours": hours})


def with_secret_places(document: Document, stored: Document) -> Document:
    """`document`, as it was written without them, with the secret places of `stored`."""
    if not has_secret_places(stored):
        return document
    secret = [at for at, place in enumerate(stored["places"]) if place["is_confidential"]]
    order = _put_back(range(len(document["places"])), [(at, -1 - at) for at in secret])
    now_at = {mark: position for position, mark in enumerate(order)}
    places = [
        document["places"][mark] if mark >= 0 else stored["places"][-1 - mark] for mark in order
    ]
    written: Moved = {None: None, **{at: now_at[at] for at in range(len(document["places"]))}}
    kept: Moved = {at: now_at[-1 - at] for at in secret}
    hours = _put_back(
        [_moved(each, written) for each in document["hours"]],
        [(at, _moved(one, kept)) for at, one in enumerate(stored["hours"]) if one["place"] in kept],
    )
    return cast("Document", {**document, "places": places, "hours": hours})


def _put_back(parts: Iterable[Part], left_out: Iterable[tuple[int, Part]]) -> list[Part]:
    """`parts` with what was left out where it stood."""
    found = list(parts)
    for at, part in left_out:
        found.insert(at, part)
    return found


def _moved(hours: Hours, moved: Moved) -> Hours:
    return cast("Hours", {**hours, "place": moved[hours["place"]]})
