"""Where courses are written, reviewed and published: Wagtail, with our rules."""
