"""What the kiosk tells of one matter, and what it printed of it: plain data for its pages."""

from dataclasses import dataclass
from typing import Literal

from kiosk.offer import Names, SlipNews

Mark = Literal["unmarked", "here", "missing"]
NEXT_MARK: dict[Mark, Mark] = {"unmarked": "here", "here": "missing", "missing": "unmarked"}


@dataclass(frozen=True)
class Paper:
    """One material of the matter."""

    number: int
    names: Names
    form: Names
    copies: str
    how_to_fill: Names
    source: Names
    required: bool


@dataclass(frozen=True)
class Matter:
    code: str
    names: Names
    conditions: Names
    limit: Names
    fee: Names
    minutes: int
    counters: tuple[int, ...]
    """Every counter that takes it, open ones first."""
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class PrintedList:
    """What is missing, on paper or on its way there."""

    check_id: int
    serial: str
    service: Names
    missing: int
    slip: SlipNews
