"""Reads, in a known number of SQL queries."""
