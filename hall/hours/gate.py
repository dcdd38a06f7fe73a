"""What a citizen is told of a matter's numbers; known before the database is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hall.errors.hours import NoNumbersNow


@dataclass(frozen=True)
class Gate:
    """Whether a matter gets numbers now, and if not, why and what else one can do."""

    why: type[NoNumbersNow] | None = None
    """None: it does."""
    facts: dict[str, Any] = field(default_factory=dict)
    again: datetime | None = None
    """When numbers are given again, in the hall's own time."""
    remaining: int | None = None
    """How many are left in this session; None: without limit."""

    @property
    def is_open(self) -> bool:
        return self.why is None

    def refusal(self, phone: str = "", bookable: bool = False) -> NoNumbersNow:
        assert self.why is not None
        return self.why(again=self.again, phone=phone, bookable=bookable, **self.facts)


OPEN = Gate()
