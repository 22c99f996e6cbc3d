"""Samtun: one place for a region's work with and for pårørende (carers)."""
