"""One short module for each kind of slip."""
