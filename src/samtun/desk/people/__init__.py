"""Accounts, roles, cards and organisations at the desk: their forms and choices."""
