"""What is spoken and put up for everyone."""
