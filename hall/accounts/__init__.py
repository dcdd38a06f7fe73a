"""Who works here: passwords, signing in, one place for a clerk."""
