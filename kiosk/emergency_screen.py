"""What the kiosk shows in an emergency, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import Screen

from ui.emergency_cover import EmergencyCover

if TYPE_CHECKING:
    from hall.announcing.bulletins import Shown


class EmergencyScreen(Screen[None], inherit_bindings=False):
    """It takes no touch and no key."""

    ALLOW_SELECT = False
    CSS = "EmergencyScreen { overflow: hidden; }"

    def __init__(self, emergency: Shown) -> None:
        super().__init__()
        self.emergency = emergency

    def compose(self) -> ComposeResult:
        yield EmergencyCover()

    def on_mount(self) -> None:
        self.query_one(EmergencyCover).show(self.emergency)
