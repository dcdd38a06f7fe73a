"""The rules of the hall and the operations on it; no terminal, no device, no clock of its own."""
