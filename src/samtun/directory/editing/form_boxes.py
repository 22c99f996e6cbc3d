"""Boxes to tick, in groups, ready to be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.forms.boundfield import BoundField

from samtun.directory.editing.form_choices import Choice, Group


@dataclass(frozen=True, slots=True)
class Box:
    """One box."""

    id: str
    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class BoxGroup:
    """Boxes under a heading, or under a box of their own."""

    label: str
    head: Box | None
    boxes: tuple[Box, ...]

    @property
    def ticked(self) -> int:
        """How many of them are ticked."""
        return sum(box.is_ticked for box in (*self.boxes, *([self.head] if self.head else [])))


@dataclass(frozen=True, slots=True)
class Boxes:
    """All boxes of a field."""

    field: BoundField
    groups: tuple[BoxGroup, ...]


def boxes(field: BoundField, choices: Iterable[Group | Choice]) -> Boxes:
    """The boxes of `field`; choices without groups become one."""
    known = list(choices)
    grouped = [one for one in known if isinstance(one, Group)]
    plain = tuple(one for one in known if not isinstance(one, Group))
    if plain:
        grouped.append(Group(("", ""), plain))
    ticked = {str(value) for value in field.value() or []}
    return Boxes(field, tuple(_group(field, group, ticked) for group in grouped))


def _group(field: BoundField, group: Group, ticked: set[str]) -> BoxGroup:
    value, label = group.head
    head = _box(field, group.head, ticked) if value else None
    return BoxGroup(label, head, tuple(_box(field, one, ticked) for one in group.boxes))


def _box(field: BoundField, choice: Choice, ticked: set[str]) -> Box:
    value, label = choice
    return Box(f"{field.auto_id}_{value}", value, label, value in ticked)
