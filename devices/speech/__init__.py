"""Announcements into spoken calls."""
