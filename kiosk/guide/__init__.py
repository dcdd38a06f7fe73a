"""What there is to read of the hall, and its suggestion box."""
