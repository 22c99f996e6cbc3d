"""Courses from plain files: `reading` checks them, `loading` makes pages of them and publishes."""
