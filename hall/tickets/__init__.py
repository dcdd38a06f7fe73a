"""取号与叫号: the line, and the course of a ticket through it."""
