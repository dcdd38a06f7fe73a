"""The one-time notice at the counter: written, looked up, corrected."""
