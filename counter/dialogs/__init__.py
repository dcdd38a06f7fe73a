"""Questions over the counter's screen, made anew for each."""
