"""What a code turned out to be: plain data for the pages."""

from dataclasses import dataclass
from typing import Literal

from kiosk.offer import Names


@dataclass(frozen=True)
class FoundTicket:
    """Of today."""

    ticket_id: int
    number: str
    service: Names
    state: str
    """As `db.tables.TicketState`."""
    counter: int | None
    """Where it is called or served."""
    counters: tuple[int, ...]
    """Where it can be called."""
    ahead: int
    wait_minutes: tuple[int, int] | None
    """From now; None when nobody can say."""
    is_rated: bool


@dataclass(frozen=True)
class FoundPapers:
    """A notice, or a list the kiosk printed."""

    kind: Literal["notice", "list"]
    code: str
    serial: str
    service: Names
    papers: tuple[Names, ...]
    """What was missing or wrong."""
    real_name: bool = False


NotFound = Literal["unknown", "another_day"]
Found = FoundTicket | FoundPapers | NotFound
