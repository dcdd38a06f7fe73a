"""The disk beneath SQLite: what it was really given, and what it may refuse."""
