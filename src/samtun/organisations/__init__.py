"""Regions, municipalities, postal codes, organisations and their units."""
