"""Writes: every one in a transaction."""
