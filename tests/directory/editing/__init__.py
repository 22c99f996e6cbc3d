"""Editing services: documents, versions, bulk work."""
