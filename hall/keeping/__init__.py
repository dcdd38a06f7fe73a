"""What is done at its time, whoever is at work: copies of the hall, forgetting whom it served."""
