"""一次性告知单: written, corrected, found again, counted."""
