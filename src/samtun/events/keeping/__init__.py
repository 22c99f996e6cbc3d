"""What keeps the books in time: offers run out, reminders go, what has had its time is deleted."""
