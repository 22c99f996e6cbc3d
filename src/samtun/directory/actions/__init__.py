"""Writes to `directory`."""
