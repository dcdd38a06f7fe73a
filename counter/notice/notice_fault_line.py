"""What was the matter with the notice that is being corrected, and whose it is to mend."""

from __future__ import annotations

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from hall.marked import _
from hall.notices.notice_faults import FAULT_WORDS
from ui.base_app import HallApp


class FaultButton(Button, can_focus=False):
    def __init__(self, fault: str, label: str) -> None:
        super().__init__(Content(label), id=f"fault-{fault}", classes="fault")
        self.fault = fault


class FaultLine(Horizontal):
    """Nothing is chosen at first: whoever answers for it, no key pressed too often says so."""

    app = getters.app(HallApp)

    class Changed(Message):
        """Another fault."""

    def __init__(self, answerable: str) -> None:
        super().__init__(id="fault-line")
        self.answerable = answerable
        self.fault = ""

    def compose(self) -> ComposeResult:
        say = self.app.say
        yield Static(say(_("f  What was the matter")), markup=False, id="fault-caption")
        for fault, label in FAULT_WORDS.items():
            yield FaultButton(fault, say(label))
        words = say(_("Answerable: {clerk}"), clerk=self.answerable)
        yield Static(words, markup=False, id="answerable")

    def next_fault(self) -> None:
        faults = list(FAULT_WORDS)
        at = faults.index(self.fault) if self.fault else -1
        self.choose(faults[(at + 1) % len(faults)])

    @on(Button.Pressed, ".fault")
    def choose_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        assert isinstance(event.button, FaultButton)
        self.choose(event.button.fault)

    def choose(self, fault: str) -> None:
        self.fault = fault
        for button in self.query(FaultButton):
            button.variant = "primary" if button.fault == fault else "default"
        self.post_message(self.Changed())
