"""What time does: nights, and forgetting."""
