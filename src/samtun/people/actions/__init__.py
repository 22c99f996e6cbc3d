"""Writes to people and roles: `from samtun.people import actions as people`."""

from samtun.people.actions.tidying import tidy

__all__ = ["tidy"]
