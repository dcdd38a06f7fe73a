"""What the three faces share."""
