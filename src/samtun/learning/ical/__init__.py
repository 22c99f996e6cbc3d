"""Calendars of those who learn."""
