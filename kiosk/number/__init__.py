"""The end of most visits: the number given, or why there is none."""
