"""Readers: one for each form that data comes in; all give rows of HSDS tables."""
