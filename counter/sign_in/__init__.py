"""Signing in at a counter, and the lock."""
