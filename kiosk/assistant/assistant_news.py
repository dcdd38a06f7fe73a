"""How a call for an assistant stands, as the citizen reads it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class AssistantNews:
    request_id: int
    state: Literal["called", "coming", "over"]
    """Over: withdrawn, or left over from another day."""
    answer: str = ""
    """What whoever comes said; may be empty."""
