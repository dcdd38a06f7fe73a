"""What a slip is written on: drawn for the printer, or told in lines for a screen or a log."""

from enum import StrEnum
from typing import Protocol


class Size(StrEnum):
    HUGE = "huge"
    """The ticket's number; seen at arm's length."""
    TITLE = "title"
    LARGE = "large"
    BODY = "body"
    SMALL = "small"


class Mark(StrEnum):
    PLAIN = "plain"
    STRONG = "strong"
    """White on black."""


class Paper(Protocol):
    """Text given to it is text: control characters are removed, nothing in it is a command."""

    def centred(self, text: str, size: Size, *, heavy: bool = False) -> None: ...

    def banner(self, text: str, size: Size) -> None:
        """White on black, across the paper."""
        ...

    def paragraph(self, text: str, size: Size, *, heavy: bool = False) -> None: ...

    def pair(self, label: str, value: str, size: Size, *, heavy: bool = True) -> None:
        """A label and what stands behind it; its further lines stand under the value."""
        ...

    def item(
        self, number: str, title: str, details: list[str], mark: str, kind: Mark, size: Size
    ) -> None:
        """A numbered row with details in small type beneath and a mark at its end."""
        ...

    def signature(self, label: str, size: Size) -> None:
        """A label and a line to write on."""
        ...

    def qr(self, text: str) -> None: ...

    def rule(self, *, heavy: bool = False) -> None: ...

    def gap(self, lines: float) -> None:
        """Empty paper, in lines of body text."""
        ...
