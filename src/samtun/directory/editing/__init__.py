"""Changing a service: the edit form's document, versions, drafts, and every write of the desk."""
