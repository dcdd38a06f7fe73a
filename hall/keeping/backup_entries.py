"""What the journal calls a copy of the hall."""

SUBJECT = "backup"
MADE, FAILED = "backup.made", "backup.failed"
