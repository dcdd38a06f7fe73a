"""The whole hall at this moment, for whoever runs it."""
