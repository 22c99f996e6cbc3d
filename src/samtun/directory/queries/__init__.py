"""Reads of `directory`."""
