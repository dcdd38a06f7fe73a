"""窗口: who sits there, what it takes, who stands in, whom it calls for help."""
