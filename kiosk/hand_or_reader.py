"""Tells a hand on the keys from a card or code reader, whose keys come faster than anyone types.

A reader types what it reads and ends with Enter: without this, an identity card laid on it would
press one button after the other. What it typed is collected; nothing of it reaches a button.
"""

from textual.events import Key

HAND_S = 0.05
"""Nobody presses two keys of a number pad within this."""
QUIET_S = 0.3
"""After a burst; readers pause now and then."""
SHORTEST, LONGEST = 6, 64
"""Characters of what a reader types; anything else is a cat on the keys."""
MOST_TYPED = 3
"""Two or three keys of one hand may come down together."""
ENDS = ("enter", "ctrl+j", "tab")


class HandOrReader:
    def __init__(self) -> None:
        self.last = float("-inf")
        self.quiet_until = float("-inf")
        self.first = ""
        """The key before, which may turn out to be the first of a burst."""
        self.burst = ""
        self.read = ""
        """What the last burst was, until it is taken."""
        self.typed = ""
        """What fingers typed that came down together."""

    def is_reader(self, event: Key, now: float) -> bool:
        """Whether this key belongs to a burst; the first key of one cannot be told yet."""
        in_burst = now < self.quiet_until or now - self.last < HAND_S
        if event.key == "tab" and not in_burst:
            return False
        if not (event.is_printable or event.key in ENDS):
            return False
        character = (event.character or "") if event.is_printable else ""
        self.last = now
        if not in_burst:
            self.first = character
            return False
        self.quiet_until = now + QUIET_S
        if not self.burst:
            self.burst = self.first
        self.first = ""
        self.burst = (self.burst + character)[: LONGEST + 1]
        if event.key in ENDS:
            self.end()
        return True

    def end_if_quiet(self, now: float) -> None:
        """Some readers end with nothing."""
        if self.burst and now >= self.quiet_until:
            self.end()

    def end(self) -> None:
        if SHORTEST <= len(self.burst) <= LONGEST:
            self.read = self.burst
        elif len(self.burst) <= MOST_TYPED:
            self.typed += self.burst
        self.burst = ""

    def take_typed(self) -> str:
        text, self.typed = self.typed, ""
        return text

    def take(self) -> str:
        """What was read since the last time; empty: nothing whole."""
        text, self.read = self.read, ""
        return text
