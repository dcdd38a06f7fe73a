"""What the hall looks up at."""
