"""The clerk's face: call, serve, tell once and completely."""
