"""The ways a picture takes to a printer, and what the printer says about it."""
