"""Entries of the map at the desk: their forms, filters and words."""
