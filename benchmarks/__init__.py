"""What is fast, measured; and how good the search is. `make bench` runs all of it."""
