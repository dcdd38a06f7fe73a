"""Slips that wait, the printers, what was printed."""
