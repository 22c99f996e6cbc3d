"""Calendars that others subscribe to: texts derived when something changes, joined when read."""

from collections.abc import Collection
from uuid import UUID


def refresh(events: Collection[UUID]) -> None:
    """Derive the texts of these events anew; call inside the transaction of the change."""
