"""Who takes the number, where the hall asks for it: a card read, or its number typed."""
