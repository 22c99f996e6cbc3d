"""Reads of people and roles."""
