"""What the desk and the console share: who works there, one thing at a time."""
