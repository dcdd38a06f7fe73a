"""No ticket could be given: where to go, and for the staff, why."""

from __future__ import annotations

from typing import Self

from textual.app import ComposeResult
from textual.widgets import Label

from kiosk.fitting import lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit
from ui.big_text import BigText


class DeskScreen(KioskScreen):
    def __init__(self, visit: Visit, offer: Offer | None, reason: str) -> None:
        super().__init__(visit, offer)
        self.reason = reason

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.reason)

    def compose_page(self) -> ComposeResult:
        say = self.app.say
        yield BigText(say("Please ask at the information desk."), id="where-to-go")
        yield Label(say("You have no number yet."), id="no-number", markup=False)
        yield Label("", id="reason", markup=False)

    def back_words(self) -> str:
        return f"{self.app.say('Done')} 0"

    def on_resize(self) -> None:
        lines = lines_of(self.reason, self.size.width - 8, 4)
        self.query_one("#reason", Label).update("\n".join(lines))

    def on_click(self) -> None:
        self.action_back()

    def action_digit(self, digit: int) -> None:
        self.action_back()
