"""The signed-in desk: what waits for me, and the work on the map."""
