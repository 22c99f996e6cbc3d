"""What the preview asks for."""
