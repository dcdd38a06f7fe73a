"""What the visitor came for: groups of matters, matters, and whether to be served sooner."""
