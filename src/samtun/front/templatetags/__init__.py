"""Tags for whoever shows a course by the templates of the portal."""
