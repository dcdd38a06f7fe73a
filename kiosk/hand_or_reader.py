"""Tells a hand on the keys from a card or code reader, whose keys come faster than anyone types.

A reader types what it reads and ends with Enter: without this, an identity card laid on it would
press one button after the other.
"""

from textual.events import Key

HAND_S = 0.05
"""Nobody presses two keys of a number pad within this."""
QUIET_S = 0.3
"""After a burst; readers pause now and then."""


class HandOrReader:
    def __init__(self) -> None:
        self.last = float("-inf")
        self.quiet_until = float("-inf")

    def is_reader(self, event: Key, now: float) -> bool:
        """Whether this key belongs to a burst; the first key of one cannot be told yet."""
        if not (event.is_printable or event.key in ("enter", "ctrl+j")):
            return False
        in_burst = now < self.quiet_until or now - self.last < HAND_S
        self.last = now
        if in_burst:
            self.quiet_until = now + QUIET_S
        return in_burst
