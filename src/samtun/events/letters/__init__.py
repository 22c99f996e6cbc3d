"""What those who have signed up are told: notices become letters."""
