"""Letters to those who learn."""
