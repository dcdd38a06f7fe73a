"""One visitor at the kiosk: what has been chosen so far, forgotten with the next one."""

from dataclasses import dataclass
from typing import Literal

ORDINARY = "ordinary"


@dataclass
class Visit:
    language: str
    priority_class: str = ORDINARY
    """A code of `db.tables.PriorityClass`."""
    large_type: bool = False
    more_time: bool = False
    step: Literal["choosing", "asking", "told"] = "choosing"
    """Asking: a ticket is being issued. A visit goes forward only, so it has one ticket at most."""

    @property
    def other_language(self) -> str:
        """The second one of a page that has two."""
        return "en" if self.language == "zh" else "zh"
