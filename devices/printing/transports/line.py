"""Bytes to a printer and back; nothing here waits longer than it is told to."""

from typing import Protocol

TICK_S = 0.1
"""How often a wait looks at what else there is."""


class Line(Protocol):
    talks_back: bool
    """Whether answers can come on it at all."""

    def send(self, data: memoryview, wait_s: float) -> int:
        """How many bytes it took within that time; 0 when it takes none at the moment.

        Raises OSError when the printer is gone.
        """
        ...

    def receive(self, wait_s: float) -> bytes:
        """What came within that time; b"" when nothing did. Raises OSError."""
        ...

    def close(self) -> None:
        """Never raises."""
        ...
