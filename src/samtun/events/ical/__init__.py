"""iCalendar (RFC 5545): feeds that others subscribe to, and invitations (RFC 5546, 6047)."""
