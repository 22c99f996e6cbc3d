"""Employees and their units at the desk: their forms, lists and words."""
