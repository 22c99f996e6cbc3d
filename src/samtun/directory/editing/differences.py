"""What differs between two documents, field by field, in words a person can read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs."""

    field: str
    label: str
    old: str
    new: str


def differences(old: object, new: object) -> list[Difference]:
    return []
