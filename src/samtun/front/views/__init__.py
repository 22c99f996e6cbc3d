"""Views of the public pages, a module per page."""
