"""Keeping the map true: confirmation, suggestions, links that died, searches that found nothing."""
