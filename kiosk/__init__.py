"""The citizen's face: choose a matter, take a ticket."""
