"""This person has a number for the matter: which one, and its slip once more if it is lost."""

from __future__ import annotations

from typing import Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Button, Label

from hall.marked import _
from kiosk.choice_button import TouchButton
from kiosk.fitting import lines_of
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer
from kiosk.visit import Visit
from ui.big_text import BigText

TOLD = _("You have a number for this matter already. It stays valid; you need no other one.")


class HasNumberScreen(KioskScreen):
    BINDINGS = [Binding("slash", "print_again", show=False), Binding("enter", "back", show=False)]

    class SlipWanted(Message):
        """Once more."""

    def __init__(self, visit: Visit, offer: Offer | None, number: str, ticket_id: int) -> None:
        super().__init__(visit, offer)
        self.number = number
        self.ticket_id = ticket_id

    def anew(self) -> Self:
        return type(self)(self.visit, self.offer, self.number, self.ticket_id)

    def compose_page(self) -> ComposeResult:
        yield BigText(self.number, id="number")
        yield Label("", id="told", markup=False)
        with Horizontal(id="actions"):
            yield TouchButton(self.app.say(_("/  Print the slip again")), id="print-again")
            yield TouchButton(self.app.say(_("Enter  Done")), id="done")

    def on_resize(self) -> None:
        told = lines_of(self.app.say(TOLD), self.size.width - 8, 3)
        self.query_one("#told", Label).update("\n".join(told))

    @on(Button.Pressed, "#print-again")
    def action_print_again(self) -> None:
        self.disabled = True
        self.post_message(self.SlipWanted())

    @on(Button.Pressed, "#done")
    def leave(self) -> None:
        self.action_back()
