"""Writes: every one in a transaction, with what is told to whom."""
