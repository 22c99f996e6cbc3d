"""Writes to people and roles, a module a thing: `from samtun.people.actions import roles`."""
