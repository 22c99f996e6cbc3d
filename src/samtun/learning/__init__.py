"""Training: courses as published, who learns, plans, and what each is to do."""
