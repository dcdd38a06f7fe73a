"""The proof: what a hall may go through, done to a fresh one, and what must be true of it after."""
