"""Finding a matter by a few letters, where there are many."""
