"""One visitor at the kiosk: what has been chosen so far, forgotten with the next one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from hall.tickets.identity_number import IdentityNumber
    from kiosk.assistant.assistant_news import AssistantNews

ORDINARY = "ordinary"


@dataclass
class Visit:
    language: str
    priority_class: str = ORDINARY
    """A code of `db.tables.PriorityClass`."""
    person: IdentityNumber | None = field(default=None, repr=False)
    """Whose card was read or typed in this visit."""
    large_type: bool = False
    more_time: bool = False
    aloud: bool | None = False
    """Whether pages are read to this visitor; None: it was tried, and nothing can be heard."""
    assistant: AssistantNews | None = None
    """Of the call for help from this kiosk; None: nobody was called."""
    step: Literal["choosing", "asking", "told"] = "choosing"
    """Asking: a ticket is being issued. A visit goes forward only, so it has one ticket at most."""

    @property
    def other_language(self) -> str:
        """The second one of a page that has two."""
        return "en" if self.language == "zh" else "zh"
