"""What comes from and goes to other systems: lists of employees."""
