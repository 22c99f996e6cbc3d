"""Commands of the editorial package."""
