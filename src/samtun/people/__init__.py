"""Accounts; roles, permissions and the audit trail join them when people sign in."""
